package io.cloudtask.schedule;

/**
 * Sets of seconds, minutes and hours, on the days of a rule.
 *
 * @param seconds bit 0 to bit 59, at least one
 * @param minutes bit 0 to bit 59, at least one
 * @param hours bit 0 to bit 23, at least one
 */
record CronTimes(long seconds, long minutes, long hours, DayRule days) implements LocalTimes {
  private static final int NO_TIME = -1;

  @Override
  public long atOrAfter(long local) {
    long today = Math.floorDiv(local, DAY);
    long day = days.atOrAfter(today);
    if (day == today) {
      int time = timeAtOrAfter((int) (local - today * DAY));
      if (time != NO_TIME) {
        return day * DAY + time;
      }
      day = days.atOrAfter(today + 1);
    }
    return day == DayRule.NONE ? NONE : day * DAY + time(lowest(hours), minutes);
  }

  private int timeAtOrAfter(int secondOfDay) {
    int hour = secondOfDay / 3_600;
    int minute = secondOfDay / 60 % 60;
    if (has(hours, hour)) {
      long secondsLeft = from(seconds, secondOfDay % 60);
      if (has(minutes, minute) && secondsLeft != 0) {
        return hour * 3_600 + minute * 60 + lowest(secondsLeft);
      }
      long minutesLeft = from(minutes, minute + 1);
      if (minutesLeft != 0) {
        return time(hour, minutesLeft);
      }
    }
    long hoursLeft = from(hours, hour + 1);
    return hoursLeft == 0 ? NO_TIME : time(lowest(hoursLeft), minutes);
  }

  private int time(int hour, long minutesLeft) {
    return hour * 3_600 + lowest(minutesLeft) * 60 + lowest(seconds);
  }

  private static boolean has(long set, int bit) {
    return (set >>> bit & 1) != 0;
  }

  private static long from(long set, int bit) {
    return set & (-1L << bit);
  }

  private static int lowest(long set) {
    return Long.numberOfTrailingZeros(set);
  }
}
