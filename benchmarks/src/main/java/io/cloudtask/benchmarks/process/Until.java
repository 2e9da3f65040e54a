package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.time.Duration;

/** Waiting for something that another process does, by looking again and again. */
public final class Until {
  private static final Duration LOOK = Duration.ofMillis(50);

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Until() {}

  /**
   * Waits until it is so.
   *
   * @return for how long
   * @throws IOException when it is not so in time
   */
  public static Duration holds(String what, Duration patience, Condition condition)
      throws Exception {
    return holds(what, patience, LOOK, condition);
  }

  /** The same, looking at another pace. */
  public static Duration holds(String what, Duration patience, Duration pace, Condition condition)
      throws Exception {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > patience.toNanos()) {
        throw new IOException("waited " + patience.toSeconds() + " s in vain until " + what);
      }
      Thread.sleep(pace);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
