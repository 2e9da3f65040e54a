package io.cloudtask.schedule;

import java.util.List;
import java.util.Locale;

/** A field of a cron expression: its range and its names. */
enum CronField {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  /** No value of any field. */
  static final int NO_VALUE = -1;

  final String title;
  final int least;
  final int greatest;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  CronField(String title, int least, int greatest, List<String> names) {
    this.title = title;
    this.least = least;
    this.greatest = greatest;
    this.names = names;
  }

  /** The value that a number or a name stands for, or {@link #NO_VALUE}. */
  int value(String text) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (name >= 0) {
      return least + name;
    }
    int number = Digits.parse(text, 2);
    return number >= least && number <= greatest ? number : NO_VALUE;
  }

  /** How many different values there are. */
  int size() {
    return this == DAY_OF_WEEK ? 7 : greatest - least + 1;
  }

  /** What a value may be, for a message. */
  String allowed() {
    String numbers = least + " to " + greatest;
    return names.isEmpty()
        ? numbers
        : numbers + " or " + names.getFirst() + " to " + names.getLast();
  }
}
