package io.cloudtask.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time span as people write it on a command line, in whole seconds. Pure. */
final class DurationArgument {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

  private DurationArgument() {}

  /**
   * Reads for example {@code 30s}, {@code 5m} or {@code 1h30m}; {@code 0} is none.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      throw new IllegalArgumentException(
          '"' + text + "\" is no time span; write for example 30s, 5m or 1h30m");
    }
    return Duration.ofHours(number(form, 1))
        .plusMinutes(number(form, 2))
        .plusSeconds(number(form, 3));
  }

  private static long number(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Back again; "none" for no time at all. */
  static String of(long seconds) {
    if (seconds == 0) {
      return "none";
    }
    long h = seconds / 3600;
    long m = seconds / 60 % 60;
    long s = seconds % 60;
    return (h > 0 ? h + "h" : "") + (m > 0 ? m + "m" : "") + (s > 0 ? s + "s" : "");
  }
}
