package io.cloudtask.schedule;

/**
 * Points on the calendar and clock of a zone, regardless of what the zone does to them. A point is
 * a <em>local second</em>: the seconds from 1970-01-01 00:00 to the date and time that the wall
 * clock shows, each day counted as 86,400.
 */
interface LocalTimes {
  long DAY = 86_400;

  /** Later than every local second. */
  long NONE = Long.MAX_VALUE;

  /** 9999-12-31 23:59:59. */
  long LAST = 253_402_300_799L;

  /** The earliest point at or after {@code local}, or {@link #NONE}. */
  long atOrAfter(long local);
}
