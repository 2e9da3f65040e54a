package io.cloudtask.schedule;

/** Which days of the calendar are meant; days are counted from 1970-01-01. */
interface DayRule {
  /** Later than every day. */
  long NONE = Long.MAX_VALUE;

  /** The earliest day at or after {@code day}, or {@link #NONE}; found in a bounded search. */
  long atOrAfter(long day);

  /** The weekday, 0 Sunday to 6 Saturday. */
  static int weekday(long day) {
    return Math.floorMod(day + 4, 7);
  }
}
