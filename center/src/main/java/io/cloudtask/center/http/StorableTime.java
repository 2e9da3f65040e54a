package io.cloudtask.center.http;

import java.time.Instant;

/**
 * The times that are taken from outside. Beyond them, counts of milliseconds overflow and years are
 * written with a sign. Pure.
 */
public final class StorableTime {
  /** How a time that is refused is spoken of. */
  public static final String RULE = "is not within the years 1970-9999";

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private StorableTime() {}

  /** Whether a time may enter. */
  public static boolean holds(Instant at) {
    return !at.isBefore(EARLIEST) && !at.isAfter(LATEST);
  }
}
