package io.cloudtask.agent.intake;

import io.cloudtask.agent.center.Patience;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Which revision is named when the set is asked for, and when to ask next. A plain object, without
 * threads and without a clock; not thread-safe.
 */
public final class Asking {
  private static final Duration ANYWAY = Duration.ofSeconds(15);
  private static final Duration SOON = Duration.ofMillis(250);

  private final Patience patience;
  private long held;

  /**
   * @param held the revision that was in force when the agent ended
   */
  public Asking(long held, RandomGenerator random) {
    this.held = held;
    this.patience = new Patience(Duration.ofMillis(500), ANYWAY, random);
  }

  /**
   * The newest set that was taken, and of which the journal knows what it says of spans: naming it
   * acknowledges that. Versions of jobs may still wait for their packages.
   */
  public long held() {
    return held;
  }

  /** A set was taken, durably; says when to acknowledge it. */
  public Duration taken(long revision) {
    held = revision;
    patience.succeeded();
    return SOON;
  }

  /** There is none that is newer. */
  public Duration unchanged() {
    patience.succeeded();
    return ANYWAY;
  }

  /** No center answered, or it refused. */
  public Duration failed() {
    return patience.failed();
  }
}
