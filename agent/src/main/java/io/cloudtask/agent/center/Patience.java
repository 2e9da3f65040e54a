package io.cloudtask.agent.center;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: doubling from a least to a greatest, each drawn from
 * its upper half so that a thousand agents don't come back at one instant. Not thread-safe.
 */
public final class Patience {
  private final Duration least;
  private final Duration greatest;
  private Duration next;

  public Patience(Duration least, Duration greatest) {
    this.least = least;
    this.greatest = greatest;
    this.next = least;
  }

  /** The wait after one more failure. */
  public Duration failed() {
    long millis = next.toMillis();
    next = next.multipliedBy(2).compareTo(greatest) > 0 ? greatest : next.multipliedBy(2);
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  /** It went well: the next failure is the first again. */
  public void succeeded() {
    next = least;
  }
}
