package io.cloudtask.schedule;

/** One day of a month, as {@link MonthlyOf} says it. */
sealed interface MonthlyDay {
  /**
   * Finds the day in one kind of month.
   *
   * @param length the number of days of the month
   * @param firstWeekday the weekday of its first day, 0 Sunday to 6
   * @return the day of the month; a month that lacks it gives a number that is no day of it
   */
  int of(int length, int firstWeekday);

  /** The {@code n}-th day, 1 to 31. */
  record FromFirst(int n) implements MonthlyDay {
    @Override
    public int of(int length, int firstWeekday) {
      return n;
    }
  }

  /** The {@code n}-th day from the end, 1 (the last) to 31. */
  record FromLast(int n) implements MonthlyDay {
    @Override
    public int of(int length, int firstWeekday) {
      return length + 1 - n;
    }
  }

  /** The {@code n}-th weekday, 1 to 5. */
  record NthWeekday(int n, int weekday) implements MonthlyDay {
    @Override
    public int of(int length, int firstWeekday) {
      return 1 + (weekday + 7 - firstWeekday) % 7 + 7 * (n - 1);
    }
  }

  /** The last of a weekday. */
  record LastWeekday(int weekday) implements MonthlyDay {
    @Override
    public int of(int length, int firstWeekday) {
      int lastWeekday = (firstWeekday + length - 1) % 7;
      return length - (lastWeekday + 7 - weekday) % 7;
    }
  }
}
