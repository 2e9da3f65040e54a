package io.cloudtask.center.jobs;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Weekdays, months and weeks by the words that people use for them. */
final class CalendarWords {
  static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  static final List<String> WEEKS = List.of("last", "first", "second", "third", "fourth", "fifth");

  private static final List<String> LONG_WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> LONG_MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private CalendarWords() {}

  /** 0 (Sunday) to 6. */
  static OptionalLong weekday(String text) {
    return index(text, 0, WEEKDAYS, LONG_WEEKDAYS);
  }

  /** 1 to 12, by name or number. */
  static OptionalLong month(String text) {
    return text.matches("[1-9]|1[0-2]")
        ? OptionalLong.of(Long.parseLong(text))
        : index(text, 1, MONTHS, LONG_MONTHS);
  }

  /** 1 to 5, or 0 for the last, by name or number. */
  static OptionalLong week(String text) {
    return text.matches("[1-5]")
        ? OptionalLong.of(Long.parseLong(text))
        : index(text, 0, WEEKS, WEEKS);
  }

  private static OptionalLong index(
      String text, int first, List<String> names, List<String> longNames) {
    String word = text.toLowerCase(Locale.ROOT);
    int index = Math.max(names.indexOf(word), longNames.indexOf(word));
    return index < 0 ? OptionalLong.empty() : OptionalLong.of(first + index);
  }
}
