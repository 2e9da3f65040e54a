package io.cloudtask.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Whether a valid cron expression matches a local time, asked field by field. */
final class NaiveCron {
  private static final List<String> MONTHS =
      List.of(
          "-", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private final String[] fields;
  private final Set<Integer> seconds;
  private final Set<Integer> minutes;
  private final Set<Integer> hours;
  private final Map<LocalDate, Boolean> days = new HashMap<>();

  NaiveCron(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(" ", -1);
    fields = parts.length == 6 ? parts : ("0 " + text.toLowerCase(Locale.ROOT)).split(" ", -1);
    seconds = values(fields[0], 0, 59);
    minutes = values(fields[1], 0, 59);
    hours = values(fields[2], 0, 23);
  }

  private static Set<Integer> values(String field, int least, int greatest) {
    Set<Integer> set = new HashSet<>();
    for (int value = least; value <= greatest; value++) {
      for (String item : field.split(",", -1)) {
        if (itemHas(item, value, least, greatest, List.of())) {
          set.add(value);
        }
      }
    }
    return set;
  }

  boolean runsByElapsedTime() {
    return starts(fields[1]) || starts(fields[2]);
  }

  private static boolean starts(String field) {
    return field.charAt(0) == '*' || field.charAt(0) == '?';
  }

  boolean matches(LocalDateTime local) {
    return seconds.contains(local.getSecond())
        && minutes.contains(local.getMinute())
        && hours.contains(local.getHour())
        && days.computeIfAbsent(local.toLocalDate(), this::matchesDay);
  }

  private boolean matchesDay(LocalDate day) {
    boolean month = any(fields[4], item -> itemHas(item, day.getMonthValue(), 1, 12, MONTHS));
    boolean ofMonth = any(fields[3], item -> dayOfMonth(item, day));
    boolean ofWeek = any(fields[5], item -> dayOfWeek(item, day));
    boolean restricted = !starts(fields[3]) && !starts(fields[5]);
    return month && (restricted ? ofMonth || ofWeek : ofMonth && ofWeek);
  }

  private static boolean any(String field, Predicate<String> matches) {
    return List.of(field.split(",", -1)).stream().anyMatch(matches);
  }

  private static boolean dayOfMonth(String item, LocalDate day) {
    LocalDate last = day.with(TemporalAdjusters.lastDayOfMonth());
    if (item.equals("l")) {
      return day.equals(last);
    }
    if (item.equals("lw")) {
      return day.equals(nearest(last));
    }
    if (item.startsWith("l-")) {
      return day.equals(last.minusDays(Integer.parseInt(item.substring(2))))
          && last.getDayOfMonth() > Integer.parseInt(item.substring(2));
    }
    if (item.endsWith("w")) {
      int n = Integer.parseInt(item.substring(0, item.length() - 1));
      return n <= day.lengthOfMonth() && day.equals(nearest(day.withDayOfMonth(n)));
    }
    return itemHas(item, day.getDayOfMonth(), 1, 31, List.of());
  }

  /** The weekday nearest to a day, in the same month. */
  private static LocalDate nearest(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
      case SUNDAY ->
          day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
      default -> day;
    };
  }

  private static boolean dayOfWeek(String item, LocalDate day) {
    if (item.endsWith("l")) {
      DayOfWeek weekday = weekday(item.substring(0, item.length() - 1));
      return day.equals(day.with(TemporalAdjusters.lastInMonth(weekday)));
    }
    if (item.contains("#")) {
      String[] parts = item.split("#", -1);
      LocalDate nth =
          day.with(
              TemporalAdjusters.dayOfWeekInMonth(Integer.parseInt(parts[1]), weekday(parts[0])));
      return day.equals(nth);
    }
    int value = day.getDayOfWeek().getValue() % 7;
    return itemHas(item, value, 0, 6, WEEKDAYS)
        || (value == 0 && !starts(item) && itemHas(item, 7, 0, 7, WEEKDAYS));
  }

  private static DayOfWeek weekday(String text) {
    int value = number(text, WEEKDAYS);
    return value % 7 == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(value);
  }

  private static int number(String text, List<String> names) {
    return names.contains(text) ? names.indexOf(text) : Integer.parseInt(text);
  }

  private static boolean itemHas(
      String item, int value, int least, int greatest, List<String> names) {
    String[] stepped = item.split("/", -1);
    int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
    int from = least;
    int to = greatest;
    if (!starts(item)) {
      String[] range = stepped[0].split("-", -1);
      from = number(range[0], names);
      to = range.length == 2 ? number(range[1], names) : stepped.length == 2 ? greatest : from;
    }
    return from <= value && value <= to && (value - from) % step == 0;
  }
}
