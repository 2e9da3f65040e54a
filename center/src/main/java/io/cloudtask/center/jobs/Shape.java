package io.cloudtask.center.jobs;

import io.cloudtask.schedule.MonthlyOf;
import org.jspecify.annotations.Nullable;

/** What the kind of a short schedule says; the wire fields that its other keys leave open. */
record Shape(
    int turnmode,
    long interval,
    String starttime,
    String endtime,
    String selectat,
    MonthlyOf monthlyof,
    @Nullable String cron,
    boolean overnight) {

  static Shape every(int turnmode, long interval, String start, String end) {
    boolean overnight = end.compareTo(start) < 0;
    return new Shape(turnmode, interval, start, end, "", MonthlyOf.UNUSED, null, overnight);
  }

  static Shape daily(long interval, String at) {
    return new Shape(4, interval, at, "", "", MonthlyOf.UNUSED, null, false);
  }

  static Shape weekly(long interval, String days, String at) {
    return new Shape(5, interval, at, "", days, MonthlyOf.UNUSED, null, false);
  }

  static Shape monthly(MonthlyOf day, String months, String at) {
    return new Shape(6, 1, at, "", months, day, null, false);
  }

  static Shape cron(String expression) {
    return new Shape(7, 1, "", "", "", MonthlyOf.UNUSED, expression, false);
  }
}
