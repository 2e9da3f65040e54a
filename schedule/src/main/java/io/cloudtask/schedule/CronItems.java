package io.cloudtask.schedule;

import java.util.Locale;

/**
 * Reads the fields of a cron expression into sets of bits. A field is a list of items between
 * commas; an item is {@code *}, a value or a range, with or without a step, or one of the special
 * forms of the two day fields.
 */
final class CronItems {
  private static final int GREATEST_FROM_LAST = 30;
  private static final int GREATEST_NTH = 5;

  private final Problems problems;

  CronItems(Problems problems) {
    this.problems = problems;
  }

  /** Whether a field begins with {@code *}, or with {@code ?}, which means the same. */
  static boolean isOpen(String field) {
    return field.startsWith("*") || field.startsWith("?");
  }

  /** The values of a field without special forms. */
  long plain(CronField field, String text) {
    long set = 0;
    for (String item : items(text)) {
      set |= item(field, item);
    }
    return set;
  }

  CronDays.OfMonth daysOfMonth(String text) {
    long days = 0;
    long fromLast = 0;
    long nearest = 0;
    boolean lastWorkday = false;
    for (String item : items(text)) {
      String upper = item.toUpperCase(Locale.ROOT);
      if (upper.equals("LW")) {
        lastWorkday = true;
      } else if (upper.equals("L")) {
        fromLast |= 1;
      } else if (upper.startsWith("L-")) {
        fromLast |= bit(item, Digits.parse(upper.substring(2), 2), GREATEST_FROM_LAST);
      } else if (upper.endsWith("W")) {
        nearest |= nearest(upper.substring(0, upper.length() - 1), item);
      } else {
        days |= item(CronField.DAY_OF_MONTH, item);
      }
    }
    return new CronDays.OfMonth(isOpen(text), days, fromLast, nearest, lastWorkday);
  }

  CronDays.OfWeek daysOfWeek(String text) {
    long days = 0;
    long last = 0;
    long nth = 0;
    for (String item : items(text)) {
      int hash = item.indexOf('#');
      if (hash >= 0) {
        nth |= nth(item, hash);
      } else if (item.toUpperCase(Locale.ROOT).endsWith("L")) {
        last |= last(item);
      } else {
        days |= item(CronField.DAY_OF_WEEK, item);
      }
    }
    return new CronDays.OfWeek(isOpen(text), days, last, nth);
  }

  private static String[] items(String text) {
    return text.split(",", -1);
  }

  private long bit(String item, int number, int greatest) {
    return number == Digits.NONE || number > greatest
        ? refuse(CronField.DAY_OF_MONTH, item, "is not L-1 to L-" + greatest)
        : 1L << number;
  }

  private long nearest(String number, String item) {
    int day = Digits.parse(number, 2);
    return day < 1 || day > CronField.DAY_OF_MONTH.greatest
        ? refuse(CronField.DAY_OF_MONTH, item, "is not 1W to 31W")
        : 1L << day;
  }

  private long nth(String item, int hash) {
    int weekday = CronField.DAY_OF_WEEK.value(item.substring(0, hash));
    int nth = Digits.parse(item.substring(hash + 1), 1);
    return weekday == CronField.NO_VALUE || nth < 1 || nth > GREATEST_NTH
        ? refuse(CronField.DAY_OF_WEEK, item, "is not a weekday, #, and 1 to 5, for example FRI#2")
        : 1L << (7 * (nth - 1) + weekday % 7);
  }

  private long last(String item) {
    int weekday = CronField.DAY_OF_WEEK.value(item.substring(0, item.length() - 1));
    return weekday == CronField.NO_VALUE
        ? refuse(CronField.DAY_OF_WEEK, item, "is not a weekday and L, for example FRIL")
        : 1L << (weekday % 7);
  }

  private long item(CronField field, String item) {
    int slash = item.indexOf('/');
    String base = slash < 0 ? item : item.substring(0, slash);
    int step = 1;
    if (slash >= 0) {
      step = Digits.parse(item.substring(slash + 1), 2);
      if (step < 1 || step > field.size()) {
        return refuse(field, item, "has a step that is not 1 to " + field.size());
      }
    }
    if (base.equals("*") || base.equals("?")) {
      return range(field, field.least, field.least + field.size() - 1, step);
    }
    int dash = base.indexOf('-');
    int from = field.value(dash < 0 ? base : base.substring(0, dash));
    int to = dash < 0 ? from : field.value(base.substring(dash + 1));
    if (from == CronField.NO_VALUE || to == CronField.NO_VALUE) {
      return refuse(field, item, "is not " + field.allowed());
    }
    return dash < 0
        ? range(field, from, slash < 0 ? from : Math.max(from, greatest(field)), step)
        : range(field, item, from, to, step);
  }

  /** A step without an end goes on to the end of the field. */
  private static int greatest(CronField field) {
    return field.least + field.size() - 1;
  }

  private long range(CronField field, String item, int from, int to, int step) {
    // Sunday as the end of a range is the one at the end of the week.
    int end = field == CronField.DAY_OF_WEEK && to == 0 && from > 0 ? 7 : to;
    return from > end ? refuse(field, item, "begins after it ends") : range(field, from, end, step);
  }

  private static long range(CronField field, int from, int to, int step) {
    long set = 0;
    for (int value = from; value <= to; value += step) {
      set |= 1L << (field == CronField.DAY_OF_WEEK ? value % 7 : value);
    }
    return set;
  }

  private long refuse(CronField field, String item, String message) {
    problems.add("cron", field.title + " field: " + Problems.quote(item) + " " + message);
    return 0;
  }
}
