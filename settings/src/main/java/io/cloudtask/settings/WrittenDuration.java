package io.cloudtask.settings;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration that is shown again as it was written: {@code 300s} stays {@code 300s}.
 *
 * @param written such as {@code 8s}, {@code 30m}, {@code 1h30m}, {@code 500ms}
 * @param value positive
 */
public record WrittenDuration(@JsonValue String written, Duration value) {
  /** What {@link #parse} takes, in words. */
  public static final String ALLOWED =
      "a duration such as 8s, 500ms, 30m or 1h30m, more than 0 and at most 8784h";

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  /** Reads a duration; empty when the text is not {@link #ALLOWED}. */
  public static Optional<WrittenDuration> parse(String text) {
    Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return Optional.empty();
    }
    Duration value =
        Duration.ofHours(part(parts, 1))
            .plusMinutes(part(parts, 2))
            .plusSeconds(part(parts, 3))
            .plusMillis(part(parts, 4));
    return value.isZero() || value.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(new WrittenDuration(text, value));
  }

  private static long part(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
