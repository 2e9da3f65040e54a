package io.cloudtask.schedule;

/** Every {@code interval}-th day, counted from {@code first}. */
record EveryDays(long first, long interval) implements DayRule {
  @Override
  public long atOrAfter(long day) {
    return day <= first ? first : first + Math.ceilDiv(day - first, interval) * interval;
  }
}
