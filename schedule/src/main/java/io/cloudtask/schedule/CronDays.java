package io.cloudtask.schedule;

/**
 * The two day fields of a cron expression. When neither begins with {@code *} a day needs to match
 * only one of them, otherwise it must match both (the rule of Vixie cron).
 */
record CronDays(OfMonth ofMonth, OfWeek ofWeek) {
  private static final int SUNDAY = 0;
  private static final int SATURDAY = 6;

  /**
   * @param open whether the field begins with {@code *}
   * @param days bit 1 to bit 31
   * @param fromLast bit n: the day n days before the last one ({@code L} is bit 0)
   * @param nearest bit n: the weekday nearest to the n-th ({@code nW})
   * @param lastWorkday {@code LW}
   */
  record OfMonth(boolean open, long days, long fromLast, long nearest, boolean lastWorkday) {}

  /**
   * @param open whether the field begins with {@code *}
   * @param days bit 0 Sunday to bit 6
   * @param last the same, for the last such day of a month ({@code 5L})
   * @param nth bit {@code 7 * (n - 1) + d}: the n-th weekday d of a month ({@code d#n})
   */
  record OfWeek(boolean open, long days, long last, long nth) {}

  /** The days of a month that match, bit 1 to bit 31. */
  int daysOf(int length, int firstWeekday) {
    int matching = 0;
    for (int day = 1; day <= length; day++) {
      int weekday = (firstWeekday + day - 1) % 7;
      boolean month = byMonth(day, length) || byWorkday(day, weekday, length);
      boolean week = byWeek(day, weekday, length);
      boolean both = ofMonth.open() || ofWeek.open();
      if (both ? month && week : month || week) {
        matching |= 1 << day;
      }
    }
    return matching;
  }

  private boolean byMonth(int day, int length) {
    return has(ofMonth.days(), day) || has(ofMonth.fromLast(), length - day);
  }

  /** Whether a day stands in for one that is named with W: only Monday to Friday do. */
  private boolean byWorkday(int day, int weekday, int length) {
    if (weekday == SUNDAY || weekday == SATURDAY) {
      return false;
    }
    boolean monday = weekday == 1;
    boolean friday = weekday == 5;
    boolean lastOne = day == length || (friday && day >= length - 2);
    if (ofMonth.lastWorkday() && lastOne) {
      return true;
    }
    return named(day, length)
        || (friday && named(day + 1, length))
        || (monday && named(day - 1, length))
        // The nearest weekday never lies in another month.
        || (monday && day == 3 && named(1, length))
        || (friday && day == length - 2 && named(length, length));
  }

  private boolean named(int day, int length) {
    return day >= 1 && day <= length && has(ofMonth.nearest(), day);
  }

  private boolean byWeek(int day, int weekday, int length) {
    return has(ofWeek.days(), weekday)
        || (has(ofWeek.last(), weekday) && day > length - 7)
        || has(ofWeek.nth(), (day - 1) / 7 * 7 + weekday);
  }

  private static boolean has(long set, int bit) {
    return (set >>> bit & 1) != 0;
  }
}
