package io.cloudtask.schedule;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Reads the text fields of a definition; what can't be read becomes a problem of its field. */
final class WireText {
  /** The least and greatest year, which have four digits. */
  private static final int FIRST_YEAR = 1;

  private final Problems problems;

  WireText(Problems problems) {
    this.problems = problems;
  }

  /** Null when absent or refused. */
  @Nullable LocalDate date(String field, String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() == 10 && text.charAt(2) == '/' && text.charAt(5) == '/') {
      int month = Digits.parse(text.substring(0, 2), 2);
      int day = Digits.parse(text.substring(3, 5), 2);
      int year = Digits.parse(text.substring(6), 4);
      if (year >= FIRST_YEAR && exists(year, month, day)) {
        return LocalDate.of(year, month, day);
      }
    }
    problems.add(
        field, Problems.quote(text) + " is no date; write MM/dd/yyyy, for example 03/19/2018");
    return null;
  }

  private static boolean exists(int year, int month, int day) {
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= LocalDate.of(year, month, 1).lengthOfMonth();
  }

  /** The minute of the day; {@code absent} when there is no text, or it is refused. */
  int minute(String field, String text, int absent) {
    if (text.isEmpty()) {
      return absent;
    }
    int colon = text.indexOf(':');
    if (colon >= 1 && text.length() - colon == 3) {
      int hour = Digits.parse(text.substring(0, colon), 2);
      int minute = Digits.parse(text.substring(colon + 1), 2);
      if (hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59) {
        return hour * 60 + minute;
      }
    }
    problems.add(field, Problems.quote(text) + " is no time of day; write HH:mm, 00:00 to 23:59");
    return absent;
  }

  /**
   * Numbers between commas as bits.
   *
   * @param greatest at most 31
   */
  int numbers(String field, String text, int least, int greatest, String what) {
    String allowed = what + " " + least + " to " + greatest + ", comma separated";
    if (text.isBlank()) {
      problems.add(field, "is empty, so it would never fire; write " + allowed);
      return 0;
    }
    int set = 0;
    for (String item : text.split(",", -1)) {
      int number = Digits.parse(item.strip(), 2);
      if (number < least || number > greatest) {
        problems.add(field, Problems.quote(item) + " is wrong; write " + allowed);
        return 0;
      }
      set |= 1 << number;
    }
    return set;
  }

  /** The zone that a definition names, or else the one given. */
  ZoneId zone(@Nullable String id, ZoneId otherwise) {
    if (id == null || id.isEmpty()) {
      return otherwise;
    }
    try {
      return ZoneId.of(id);
    } catch (DateTimeException unknown) {
      problems.add(
          "timezone",
          Problems.quote(id) + " is no known time zone; write an IANA id such as Europe/Berlin");
      return otherwise;
    }
  }
}
