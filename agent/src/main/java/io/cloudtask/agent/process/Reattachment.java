package io.cloudtask.agent.process;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a run that an earlier agent process started, or was about to start. */
public sealed interface Reattachment {
  /** When its command was started, and its direct child; null where nothing tells it. */
  record Start(Instant at, long pid) {}

  /** Its command still runs and is supervised again. */
  record Alive(RunningProcess process) implements Reattachment {}

  /** It ended meanwhile, and left its true exit status. */
  record Ended(Exit exit, @Nullable Start start) implements Reattachment {}

  /**
   * It was started, or may have been, and is over, but how it ended can't be learnt.
   *
   * @param reason for people
   * @param lastSeen the last sign of life in the run directory; null when there is none to be read
   */
  record Gone(String reason, @Nullable Instant lastSeen, @Nullable Start start)
      implements Reattachment {}

  /** There is no trace of a start: it may be started now. */
  record NeverStarted() implements Reattachment {}
}
