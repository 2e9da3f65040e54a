package io.cloudtask.schedule;

/**
 * Some weekdays of every {@code interval}-th week; weeks begin on Sunday.
 *
 * @param firstSunday the Sunday of the week that counts as the first
 * @param interval in weeks, at least 1
 * @param weekdays bit 0 Sunday to bit 6 Saturday, at least one
 */
record EveryWeeks(long firstSunday, long interval, int weekdays) implements DayRule {
  @Override
  public long atOrAfter(long day) {
    long from = Math.max(day, firstSunday);
    long week = (from - firstSunday) / 7;
    int weekday = (int) ((from - firstSunday) % 7);
    int left = weekdays >>> weekday;
    if (week % interval == 0 && left != 0) {
      return from + Integer.numberOfTrailingZeros(left);
    }
    long nextWeek = (week / interval + 1) * interval;
    return firstSunday + nextWeek * 7 + Integer.numberOfTrailingZeros(weekdays);
  }
}
