package io.cloudtask.schedule;

/**
 * The life of a schedule on its own calendar and clock, in local seconds, both ends included.
 *
 * @param first {@code startdate} at {@code starttime}
 * @param last the last second of {@code enddate} at {@code endtime}, or {@link LocalTimes#LAST}
 */
record Bounds(long first, long last) {
  /** The last second there is, for a schedule without end. */
  static Bounds from(long first) {
    return new Bounds(first, LocalTimes.LAST);
  }
}
