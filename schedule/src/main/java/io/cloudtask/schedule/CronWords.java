package io.cloudtask.schedule;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Says a cron expression: itself, and in words what can be said shortly. The words are made from
 * the text of its fields, so that they follow what the person wrote.
 */
final class CronWords {
  private static final int MOST_TIMES = 6;

  private CronWords() {}

  static String describe(String cron) {
    List<String> all = List.of(CronReader.spelledOut(cron.strip()).split("\\s+"));
    boolean withSeconds = all.size() == 6;
    List<String> fields = withSeconds ? all.subList(1, 6) : all;
    String words =
        time(withSeconds ? all.getFirst() : "0", fields.get(0), fields.get(1))
            + days(fields.get(2), fields.get(4))
            + months(fields.get(3));
    return "cron \"" + cron.strip() + "\": " + words;
  }

  private static String time(String second, String minute, String hour) {
    List<Integer> minutes = values(CronField.MINUTE, minute);
    List<Integer> hours = values(CronField.HOUR, hour);
    boolean few = minutes.size() * hours.size() <= MOST_TIMES;
    if (second.equals("0") && few) {
      return "at "
          + Words.and(
              hours.stream()
                  .flatMap(h -> minutes.stream().map(m -> Words.clock(h * 60 + m)))
                  .toList());
    }
    String seconds = second.equals("0") ? "" : part("second", second) + ", ";
    String everyHour = isAll(hour) ? " of every hour" : ", " + part("hour", hour);
    if (isAll(hour) && (isAll(minute) || minute.startsWith("*/"))) {
      return seconds + part("minute", minute);
    }
    return seconds + part("minute", minute) + everyHour;
  }

  private static String part(String unit, String field) {
    if (isAll(field)) {
      return "every " + unit;
    }
    if (field.startsWith("*/")) {
      return "every " + field.substring(2) + " " + unit + "s";
    }
    return "at " + unit + " " + field.replace("-", " to ").replace(",", ", ");
  }

  private static String days(String ofMonth, String ofWeek) {
    if (isAll(ofMonth) && isAll(ofWeek)) {
      return ", every day";
    }
    boolean both = CronItems.isOpen(ofMonth) || CronItems.isOpen(ofWeek);
    if (isAll(ofWeek)) {
      return ", on " + monthDays(ofMonth);
    }
    if (isAll(ofMonth)) {
      return ", on " + weekdays(ofWeek);
    }
    return ", on " + monthDays(ofMonth) + (both ? " that is also " : " or on ") + weekdays(ofWeek);
  }

  private static String monthDays(String field) {
    return switch (field.toUpperCase(Locale.ROOT)) {
      case "L" -> "the last day of the month";
      case "LW" -> "the last working day of the month";
      default -> "day " + field.replace("-", " to ").replace(",", ", ") + " of the month";
    };
  }

  private static String weekdays(String field) {
    Problems special = new Problems();
    long set = new CronItems(special).plain(CronField.DAY_OF_WEEK, field);
    if (!special.none()) {
      return "weekday " + field;
    }
    return Words.listed(set, Words.WEEKDAYS, 0);
  }

  private static String months(String field) {
    long set = new CronItems(new Problems()).plain(CronField.MONTH, field);
    return isAll(field) ? "" : ", in " + Words.listed(set, Words.MONTHS, 1);
  }

  private static List<Integer> values(CronField field, String text) {
    long set = new CronItems(new Problems()).plain(field, text);
    return IntStream.range(0, 60).filter(i -> (set >>> i & 1) != 0).boxed().toList();
  }

  private static boolean isAll(String field) {
    return field.equals("*") || field.equals("?");
  }
}
