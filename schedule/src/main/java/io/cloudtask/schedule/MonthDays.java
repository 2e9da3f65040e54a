package io.cloudtask.schedule;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Days that are chosen month by month. All that can tell two months apart is which of the twelve it
 * is, whether February has 29 days, and the weekday of its first day: 13 x 7 kinds of month. So the
 * days are worked out once per kind, and a search only steps from month to month.
 *
 * <p>Every kind of month returns within 40 years (a February of 29 days that begins on a given
 * weekday, across a century without a leap day), so a search takes fewer than 500 steps.
 */
final class MonthDays implements DayRule {
  private static final int LEAP_FEBRUARY = 12;
  private static final int A_COMMON_YEAR = 2018;
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

  /** The months that have a chosen day in some year, bit 1 January to bit 12. */
  private final int months;

  MonthDays(Choice choice) {
    int chosenMonths = 0;
    for (int kind = 0; kind < 13; kind++) {
      int month = kind == LEAP_FEBRUARY ? 2 : kind + 1;
      int length = kind == LEAP_FEBRUARY ? 29 : length(month);
      int existing = (int) ((1L << (length + 1)) - 2);
      for (int first = 0; first < 7; first++) {
        int chosen = choice.days(month, length, first) & existing;
        days[kind * 7 + first] = chosen;
        chosenMonths |= chosen == 0 ? 0 : 1 << month;
      }
    }
    months = chosenMonths;
  }

  /** Whether no month of any kind has a chosen day. */
  boolean isEmpty() {
    return months == 0;
  }

  @Override
  public long atOrAfter(long day) {
    if (isEmpty()) {
      return NONE;
    }
    LocalDate date = LocalDate.ofEpochDay(day);
    long found = within(date, date.getDayOfMonth());
    for (int step = 0; found == NONE && step < MONTHS_OF_CYCLE; step++) {
      date = nextChosenMonth(date);
      found = within(date, 1);
    }
    return found;
  }

  /** The earliest chosen day of the month of {@code date} from a day of the month on. */
  private long within(LocalDate date, int from) {
    int month = date.getMonthValue();
    int kind = month == 2 && date.isLeapYear() ? LEAP_FEBRUARY : month - 1;
    long monthStart = date.toEpochDay() - date.getDayOfMonth() + 1;
    int left = days[kind * 7 + DayRule.weekday(monthStart)] >>> from;
    return left == 0 ? NONE : monthStart + from - 1 + Integer.numberOfTrailingZeros(left);
  }

  private LocalDate nextChosenMonth(LocalDate date) {
    int later = months & (-2 << date.getMonthValue());
    return later != 0
        ? LocalDate.of(date.getYear(), Integer.numberOfTrailingZeros(later), 1)
        : LocalDate.of(date.getYear() + 1, Integer.numberOfTrailingZeros(months), 1);
  }

  private static int length(int month) {
    return YearMonth.of(A_COMMON_YEAR, month).lengthOfMonth();
  }
}
