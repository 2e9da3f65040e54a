package io.cloudtask.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a cron expression; what is wrong with it becomes a problem of the field {@code cron}. */
final class CronReader {
  private static final int LONGEST = 1_000;
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final Problems problems;

  CronReader(Problems problems) {
    this.problems = problems;
  }

  /** Null when the text is refused. */
  @Nullable CronExpression read(String text) {
    if (text.length() > LONGEST) {
      return refuse("is longer than " + LONGEST + " characters");
    }
    String plain = spelledOut(text.strip());
    if (plain.startsWith("@")) {
      return refuse(
          Problems.quote(plain)
              + " is not known; write @hourly, @daily, @midnight, @weekly, @monthly, @yearly,"
              + " @annually, or five fields");
    }
    List<String> fields = List.of(plain.split("\\s+"));
    return switch (fields.size()) {
      case 5 -> fields("0", fields);
      case 6 -> fields(fields.getFirst(), fields.subList(1, 6));
      default ->
          refuse(
              (plain.isEmpty() ? "is empty" : "has " + counted(fields.size()))
                  + "; write 5 (minute, hour, day of month, month, day of week) or 6 with seconds"
                  + " first");
    };
  }

  /** An expression without macro. */
  static String spelledOut(String text) {
    return MACROS.getOrDefault(text.toLowerCase(Locale.ROOT), text);
  }

  private @Nullable CronExpression fields(String second, List<String> fields) {
    CronItems items = new CronItems(problems);
    long seconds = items.plain(CronField.SECOND, second);
    long minutes = items.plain(CronField.MINUTE, fields.get(0));
    long hours = items.plain(CronField.HOUR, fields.get(1));
    CronDays.OfMonth ofMonth = items.daysOfMonth(fields.get(2));
    long months = items.plain(CronField.MONTH, fields.get(3));
    CronDays.OfWeek ofWeek = items.daysOfWeek(fields.get(4));
    boolean elapsed = CronItems.isOpen(fields.get(0)) || CronItems.isOpen(fields.get(1));
    return problems.none()
        ? new CronExpression(
            seconds, minutes, hours, new CronDays(ofMonth, ofWeek), months, elapsed)
        : null;
  }

  private static String counted(int fields) {
    return fields + (fields == 1 ? " field" : " fields");
  }

  private @Nullable CronExpression refuse(String message) {
    problems.add("cron", message);
    return null;
  }
}
