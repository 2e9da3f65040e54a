package io.cloudtask.schedule;

/**
 * Fire times as seconds since 1970-01-01T00:00Z: {@link Schedule} without objects, for the hot
 * path.
 */
interface FireTimes {
  /** Later than every fire time. */
  long NEVER = Long.MAX_VALUE;

  /** 9999-12-31T23:59:59Z: later instants have no RFC 3339 text, so nothing fires then. */
  long LAST_SECOND = 253_402_300_799L;

  /**
   * The earliest fire time strictly after {@code second}, or {@link #NEVER}.
   *
   * @param second any second that an {@link java.time.Instant} can hold
   */
  long after(long second);

  /** A fire time as it stands, or {@link #NEVER} when it lies beyond the last year. */
  static long bounded(long second) {
    return second <= LAST_SECOND ? second : NEVER;
  }
}
