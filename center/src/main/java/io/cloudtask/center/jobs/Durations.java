package io.cloudtask.center.jobs;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people write them: 90s, 5m, 1h30m. */
final class Durations {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  private Durations() {}

  /** Seconds; empty when the text is no length of time. */
  static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        number(matcher.group(1)) * 3600 + number(matcher.group(2)) * 60 + number(matcher.group(3)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** A value that is a number of seconds or such a text, from 0 to {@code most}. */
  static OptionalLong seconds(Located value, String path, long most, Findings findings) {
    OptionalLong seconds = OptionalLong.empty();
    if (value instanceof Located.Scalar scalar) {
      seconds =
          switch (scalar.type()) {
            case NUMBER -> plain(scalar.text());
            case TEXT -> parse(scalar.text());
            case FLAG, NOTHING -> OptionalLong.empty();
          };
    }
    if (seconds.isPresent() && seconds.getAsLong() >= 0 && seconds.getAsLong() <= most) {
      return seconds;
    }
    String said =
        value instanceof Located.Scalar scalar ? Words.quote(scalar.text()) : value.kind();
    findings.add(
        path,
        value.place(),
        said + " is no length of time from 0 to " + most + " seconds; write 90, 90s, 5m or 1h30m");
    return OptionalLong.empty();
  }

  private static OptionalLong plain(String digits) {
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
