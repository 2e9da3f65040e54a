package io.cloudtask.schedule;

/** One time of day, on the days of a rule. */
record DailyTimes(DayRule days, long secondOfDay) implements LocalTimes {
  @Override
  public long atOrAfter(long local) {
    long day = days.atOrAfter(Math.ceilDiv(local - secondOfDay, DAY));
    return day == DayRule.NONE ? NONE : day * DAY + secondOfDay;
  }
}
