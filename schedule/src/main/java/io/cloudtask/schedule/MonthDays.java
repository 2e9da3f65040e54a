package io.cloudtask.schedule;

import java.time.LocalDate;
import java.time.Year;

/**
 * Days that are chosen month by month. All that can tell two months apart is which of the twelve it
 * is, whether February has 29 days, and the weekday of its first day: 13 x 7 kinds of month. So the
 * days are worked out once per kind, and a search only steps from month to month.
 *
 * <p>Every kind of month returns within 40 years (a February of 29 days that begins on a given
 * weekday, across a century without a leap day), so a search takes fewer than 500 steps unless no
 * kind has any day, which is for the compiler to refuse ({@link #isEmpty}).
 */
final class MonthDays implements DayRule {
  private static final int LEAP_FEBRUARY = 12;
  private static final int MONTHS_OF_CYCLE = 4_800;

  /** Chooses the days of one kind of month. */
  interface Choice {
    /**
     * The chosen days, bit 1 for the first to bit 31.
     *
     * @param month 1 to 12
     * @param length the number of its days
     * @param firstWeekday the weekday of its first day, 0 Sunday to 6
     */
    int days(int month, int length, int firstWeekday);
  }

  private final int[] days = new int[13 * 7];

  MonthDays(Choice choice) {
    for (int kind = 0; kind < 13; kind++) {
      int month = kind == LEAP_FEBRUARY ? 2 : kind + 1;
      int length = kind == LEAP_FEBRUARY ? 29 : length(month, false);
      int existing = (int) ((1L << (length + 1)) - 2);
      for (int first = 0; first < 7; first++) {
        days[kind * 7 + first] = choice.days(month, length, first) & existing;
      }
    }
  }

  /** Whether no month of any kind has a chosen day. */
  boolean isEmpty() {
    int all = 0;
    for (int kind : days) {
      all |= kind;
    }
    return all == 0;
  }

  @Override
  public long atOrAfter(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    int year = date.getYear();
    int month = date.getMonthValue();
    long monthStart = day - date.getDayOfMonth() + 1;
    int firstWeekday = DayRule.weekday(monthStart);
    int from = date.getDayOfMonth();
    for (int step = 0; step <= MONTHS_OF_CYCLE; step++) {
      boolean leap = month == 2 && Year.isLeap(year);
      int kind = leap ? LEAP_FEBRUARY : month - 1;
      int left = days[kind * 7 + firstWeekday] >>> from;
      if (left != 0) {
        return monthStart + from - 1 + Integer.numberOfTrailingZeros(left);
      }
      int length = length(month, leap);
      monthStart += length;
      firstWeekday = (firstWeekday + length) % 7;
      from = 1;
      year += month / 12;
      month = month % 12 + 1;
    }
    return NONE;
  }

  private static int length(int month, boolean leap) {
    return month == 2 ? (leap ? 29 : 28) : 30 + ((month + (month >> 3)) & 1);
  }
}
