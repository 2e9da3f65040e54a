package io.cloudtask.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Says a valid cron expression: itself, and what it means. The words follow the text of the fields,
 * so that a person finds again what was written.
 */
final class CronWords {
  private static final int MOST_TIMES = 6;
  private static final String OF_MONTH = " of the month";

  private CronWords() {}

  static String describe(String cron) {
    List<String> all =
        List.of(CronReader.spelledOut(cron.strip()).toUpperCase(Locale.ROOT).split("\\s+"));
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
    if (second.equals("0") && minutes.size() * hours.size() <= MOST_TIMES) {
      return "at "
          + Words.and(
              hours.stream()
                  .flatMap(h -> minutes.stream().map(m -> Words.clock(h * 60 + m)))
                  .toList());
    }
    String seconds = second.equals("0") ? "" : part("second", second) + ", ";
    String ofHour = isAll(hour) ? ofEveryHour(minute) : ", " + part("hour", hour);
    return seconds + part("minute", minute) + ofHour;
  }

  private static String ofEveryHour(String minute) {
    return CronItems.isOpen(minute) ? "" : " of every hour";
  }

  private static String part(String unit, String field) {
    if (isAll(field)) {
      return "every " + unit;
    }
    return field.matches("\\*/\\d+")
        ? "every " + field.substring(2) + " " + unit + "s"
        : "at " + unit + " " + each(field, CronWords::numbers);
  }

  private static String days(String ofMonth, String ofWeek) {
    if (isAll(ofMonth) && isAll(ofWeek)) {
      return ", every day";
    }
    if (isAll(ofWeek)) {
      return ", on " + each(ofMonth, CronWords::monthDay);
    }
    if (isAll(ofMonth)) {
      return ", on " + each(ofWeek, CronWords::weekday);
    }
    boolean both = CronItems.isOpen(ofMonth) || CronItems.isOpen(ofWeek);
    return ", on "
        + each(ofMonth, CronWords::monthDay)
        + (both ? " if it is also " : " or on ")
        + each(ofWeek, CronWords::weekday);
  }

  private static String monthDay(String item) {
    if (item.equals("L")) {
      return "the last day" + OF_MONTH;
    }
    if (item.equals("LW")) {
      return "the last working day" + OF_MONTH;
    }
    if (item.startsWith("L-")) {
      return "day " + item.substring(2) + " before the last day" + OF_MONTH;
    }
    if (item.endsWith("W")) {
      String day = item.substring(0, item.length() - 1);
      return "the working day nearest to day " + day + OF_MONTH;
    }
    return item.startsWith("*/")
        ? "day 1 in steps of " + item.substring(2) + OF_MONTH
        : "day " + numbers(item) + OF_MONTH;
  }

  private static String weekday(String item) {
    int hash = item.indexOf('#');
    if (hash > 0) {
      String nth = Words.ORDINALS.get(item.charAt(hash + 1) - '0');
      return "the " + nth + " " + weekdayName(item.substring(0, hash)) + OF_MONTH;
    }
    if (item.endsWith("L")) {
      return "the last " + weekdayName(item.substring(0, item.length() - 1)) + OF_MONTH;
    }
    int dash = item.indexOf('-');
    if (dash > 0 && item.indexOf('/') < 0) {
      return weekdayName(item.substring(0, dash)) + " to " + weekdayName(item.substring(dash + 1));
    }
    long set = new CronItems(new Problems()).plain(CronField.DAY_OF_WEEK, item);
    return Words.listed(set, Words.WEEKDAYS, 0);
  }

  private static String weekdayName(String text) {
    return Words.WEEKDAYS.get(CronField.DAY_OF_WEEK.value(text) % 7);
  }

  private static String months(String field) {
    long set = new CronItems(new Problems()).plain(CronField.MONTH, field);
    return isAll(field) ? "" : ", in " + Words.listed(set, Words.MONTHS, 1);
  }

  /** An item of numbers: a value or a range, perhaps with a step. */
  private static String numbers(String item) {
    int slash = item.indexOf('/');
    if (slash < 0) {
      return item.replace("-", " to ");
    }
    String base = item.substring(0, slash);
    String from = isAll(base) ? "any" : base.contains("-") ? base : base + " on";
    return from.replace("-", " to ") + " in steps of " + item.substring(slash + 1);
  }

  private static String each(String field, UnaryOperator<String> words) {
    return Words.and(Arrays.stream(field.split(",", -1)).map(words).toList());
  }

  private static List<Integer> values(CronField field, String text) {
    long set = new CronItems(new Problems()).plain(field, text);
    return IntStream.range(0, 60).filter(i -> (set >>> i & 1) != 0).boxed().toList();
  }

  private static boolean isAll(String field) {
    return field.equals("*") || field.equals("?");
  }
}
