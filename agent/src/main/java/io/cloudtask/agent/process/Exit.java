package io.cloudtask.agent.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the command of a run ended. Both {@code code} and {@code signal} are null when it is over but
 * nobody could learn how: it was re-attached, and ended without leaving its exit status behind (a
 * signal, or a command that replaced the shell).
 *
 * @param code exit status 0..255; null when a signal ended it
 * @param signal number of the signal that ended it; null when it exited, and on hosts where only
 *     the shell's 128 + signal can be learnt
 * @param at when it ended, as well as known
 */
public record Exit(@Nullable Integer code, @Nullable Integer signal, Instant at) {
  /** Whether anything but the mere end is known. */
  public boolean known() {
    return code != null || signal != null;
  }

  static Exit ofCode(int code, Instant at) {
    return new Exit(code, null, at);
  }

  static Exit ofSignal(int signal, Instant at) {
    return new Exit(null, signal, at);
  }

  /** From the status that wait(2) gives. */
  static Exit ofWaitStatus(int status, Instant at) {
    int signal = status & 0x7f;
    return signal == 0 ? ofCode((status >> 8) & 0xff, at) : ofSignal(signal, at);
  }

  static Exit unknown(Instant at) {
    return new Exit(null, null, at);
  }
}
