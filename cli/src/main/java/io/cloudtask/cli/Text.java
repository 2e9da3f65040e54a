package io.cloudtask.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as people read them. Pure. */
final class Text {
  /** Stands for "there is none". */
  static final String NONE = "-";

  // An offset, not a name: names are ambiguous, and their tables cost 50 ms of a start.
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSxxx", Locale.ROOT);

  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private Text() {}

  static String time(@Nullable Instant at, ZoneId zone) {
    return at == null ? NONE : SECONDS.format(at.atZone(zone));
  }

  static String preciseTime(@Nullable Instant at, ZoneId zone) {
    return at == null ? NONE : MILLIS.format(at.atZone(zone));
  }

  /**
   * As short as a table on a terminal needs it: the time of day today, and the minute otherwise.
   */
  static String shortTime(@Nullable Instant at, Instant now, ZoneId zone) {
    if (at == null) {
      return NONE;
    }
    ZonedDateTime local = at.atZone(zone);
    boolean today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TIME_OF_DAY : MINUTES).format(local);
  }

  /** Milliseconds, also when there are many: lateness is judged by them. */
  static String millis(@Nullable Long millis) {
    return millis == null ? NONE : millis + " ms";
  }

  /** For example 840 ms, 12.3 s, 4m05s, 3h02m. */
  static String duration(@Nullable Long millis) {
    if (millis == null) {
      return NONE;
    }
    long seconds = millis / 1000;
    if (millis < 1000) {
      return millis + " ms";
    }
    if (seconds < 60) {
      return seconds + "." + millis % 1000 / 100 + " s";
    }
    return seconds < 3600
        ? seconds / 60 + "m" + two(seconds % 60) + "s"
        : seconds / 3600 + "h" + two(seconds / 60 % 60) + "m";
  }

  /** For example 512 B, 1.4 KiB, 20.0 MiB. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 3) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGT".charAt(unit));
  }

  /** Names come from elsewhere: no control character of theirs may reach a terminal. */
  static String line(String text) {
    return clean(text, false);
  }

  /** The same, with line ends and tabs kept. */
  static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean layout) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) && !(layout && (c == '\n' || c == '\t')) ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
