package io.cloudtask.schedule;

import org.jspecify.annotations.Nullable;

/** Reads which day of a month is meant. */
final class MonthlyReader {
  private static final int GREATEST_DAY = 31;

  private MonthlyReader() {}

  /** Null when it is refused. */
  static @Nullable MonthlyDay read(MonthlyOf written, Problems problems) {
    int day = written.day();
    if (day == 0) {
      return weekday(written.week(), problems);
    }
    if (day < -GREATEST_DAY || day > GREATEST_DAY) {
      problems.add(
          "monthlyof.day",
          day + " is no day of a month; write 1 to 31, -1 (the last) to -31, or 0 and use week");
      return null;
    }
    return day > 0 ? new MonthlyDay.FromFirst(day) : new MonthlyDay.FromLast(-day);
  }

  private static @Nullable MonthlyDay weekday(String text, Problems problems) {
    if (text.length() == 3 && text.charAt(1) == ':') {
      int nth = Digits.parse(text.substring(0, 1), 1);
      int weekday = Digits.parse(text.substring(2), 1);
      if (nth >= 0 && nth <= 5 && weekday >= 0 && weekday <= 6) {
        return nth == 0
            ? new MonthlyDay.LastWeekday(weekday)
            : new MonthlyDay.NthWeekday(nth, weekday);
      }
    }
    problems.add(
        "monthlyof.week",
        Problems.quote(text)
            + " is not w:d, w being 1 to 5 or 0 for the last and d the weekday 0 (Sunday) to 6");
    return null;
  }

  /** The chosen day in the chosen months, bit 1 January to bit 12. */
  static MonthDays days(MonthlyDay chosen, int months) {
    return new MonthDays((month, length, firstWeekday) -> {
      int day = chosen.of(length, firstWeekday);
      return (months >>> month & 1) == 0 || day < 1 || day > length ? 0 : 1 << day;
    });
  }
}
