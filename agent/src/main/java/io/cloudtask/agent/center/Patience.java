package io.cloudtask.agent.center;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from a least to a greatest, each drawn from
 * its upper half so that a thousand agents don't come back at one instant. Not thread-safe.
 */
public final class Patience {
  private final Duration least;
  private final Duration greatest;
  private final RandomGenerator random;
  private Duration next;

  public Patience(Duration least, Duration greatest, RandomGenerator random) {
    this.least = least;
    this.greatest = greatest;
    this.random = random;
    this.next = least;
  }

  /** The wait after one more failure. */
  public Duration failed() {
    long millis = next.toMillis();
    next = next.multipliedBy(2).compareTo(greatest) > 0 ? greatest : next.multipliedBy(2);
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }

  /** It went well: the next failure is the first again. */
  public void succeeded() {
    next = least;
  }
}
