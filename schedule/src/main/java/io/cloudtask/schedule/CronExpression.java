package io.cloudtask.schedule;

/**
 * A cron expression, understood.
 *
 * @param seconds bit 0 to bit 59
 * @param minutes bit 0 to bit 59
 * @param hours bit 0 to bit 23
 * @param months bit 1 to bit 12
 * @param elapsed whether the minute or hour field begins with {@code *}, so that it runs by elapsed
 *     time over a change of the clock
 */
record CronExpression(
    long seconds, long minutes, long hours, CronDays days, long months, boolean elapsed) {

  /** The days on which it fires; empty when it never does. */
  MonthDays monthDays() {
    return new MonthDays((month, length, firstWeekday) ->
        (months >>> month & 1) == 0 ? 0 : days.daysOf(length, firstWeekday));
  }

  LocalTimes times(MonthDays monthDays) {
    return new CronTimes(seconds, minutes, hours, monthDays);
  }
}
