package io.cloudtask.center.jobs;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times of day between the form of people and the form of the wire. */
final class Dates {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter WIRE =
      DateTimeFormatter.ofPattern("MM/dd/uuuu").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})");

  private Dates() {}

  static Optional<LocalDate> iso(String text) {
    return parse(text, ISO);
  }

  static Optional<LocalDate> wire(String text) {
    return parse(text, WIRE);
  }

  static String iso(LocalDate date) {
    return ISO.format(date);
  }

  static String wire(LocalDate date) {
    return WIRE.format(date);
  }

  private static Optional<LocalDate> parse(String text, DateTimeFormatter form) {
    try {
      LocalDate date = LocalDate.parse(text, form);
      return date.getYear() >= 1 && date.getYear() <= 9998 ? Optional.of(date) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A time of day as HH:mm; empty when the text is none. */
  static Optional<String> time(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int hour = Integer.parseInt(matcher.group(1));
    int minute = Integer.parseInt(matcher.group(2));
    return hour < 24 && minute < 60
        ? Optional.of(String.format("%02d:%02d", hour, minute))
        : Optional.empty();
  }
}
