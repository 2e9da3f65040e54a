package io.cloudtask.store;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids that sort by time, and within a millisecond of one process in the order in which they were
 * made.
 */
final class TimeOrderedId {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TimeOrderedId() {}

  static String next(Instant at) {
    return String.format(
        "%012x%08x%08x",
        at.toEpochMilli(), COUNT.incrementAndGet(), ThreadLocalRandom.current().nextInt());
  }
}
