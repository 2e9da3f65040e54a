package io.cloudtask.center.jobs;

import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.ScheduleDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a schedule so that reading it gives the same one: in short form where that is so, else in
 * wire form.
 */
final class ScheduleYaml {
  private static final String UNITS = "smh";

  private ScheduleYaml() {}

  /**
   * @param number of the schedule in its job, from 1
   */
  static Map<String, Object> write(ScheduleDefinition schedule, int number) {
    return shortForm(schedule, number)
        .filter(form -> reads(form, number).equals(Optional.of(schedule)))
        .orElseGet(() -> wireForm(schedule));
  }

  /** What a short form is read as. Asking the reader itself keeps the two from drifting apart. */
  private static Optional<ScheduleDefinition> reads(Map<String, Object> form, int number) {
    Findings findings = new Findings();
    Section.Item item = new Section.Item("", PlainTree.of(form));
    List<Draft> drafts = ShortSchedule.read(item, number, findings);
    return findings.none() && drafts.size() == 1 && !drafts.getFirst().undated()
        ? Optional.of(drafts.getFirst().definition())
        : Optional.empty();
  }

  private static Optional<Map<String, Object>> shortForm(ScheduleDefinition schedule, int number) {
    Optional<LocalDate> from = Dates.wire(schedule.startdate());
    Optional<Map<String, Object>> kind = kind(schedule);
    if (from.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> form = new LinkedHashMap<>();
    if (!schedule.id().equals(ShortSchedule.defaultId(number))) {
      form.put("id", schedule.id());
    }
    form.putAll(kind.get());
    putUnlessNull(form, "timezone", schedule.timezone());
    form.put("from", Dates.iso(from.get()));
    int after = Boolean.TRUE.equals(schedule.overnight()) ? 1 : 0;
    Dates.wire(schedule.enddate())
        .ifPresent(end -> form.put("until", Dates.iso(end.minusDays(after))));
    if (schedule.enabled() == 0) {
      form.put("enabled", false);
    }
    return Optional.of(form);
  }

  private static Optional<Map<String, Object>> kind(ScheduleDefinition schedule) {
    return switch (schedule.turnmode()) {
      case 1, 2, 3 -> Optional.of(every(schedule));
      case 4 -> Optional.of(daily(schedule));
      case 5 -> weekly(schedule);
      case 6 -> monthly(schedule);
      case 7 -> Optional.ofNullable(schedule.cron()).map(cron -> Map.of("cron", cron));
      default -> Optional.empty();
    };
  }

  private static Map<String, Object> every(ScheduleDefinition schedule) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(
        "every",
        schedule.interval() + UNITS.substring(schedule.turnmode() - 1, schedule.turnmode()));
    String window = schedule.starttime() + "-" + schedule.endtime();
    if (!window.equals("00:00-23:59")) {
      form.put("between", window);
    }
    return form;
  }

  private static Map<String, Object> daily(ScheduleDefinition schedule) {
    Object at = schedule.starttime();
    return schedule.interval() == 1
        ? Map.of("daily", at)
        : Map.of("daily", ordered("at", at, "every", schedule.interval()));
  }

  private static Optional<Map<String, Object>> weekly(ScheduleDefinition schedule) {
    List<String> days = words(schedule.selectat(), CalendarWords.WEEKDAYS, 0);
    Map<String, Object> form = ordered("days", days, "at", schedule.starttime());
    if (schedule.interval() != 1) {
      form.put("every", schedule.interval());
    }
    return days.isEmpty() ? Optional.empty() : Optional.of(Map.of("weekly", form));
  }

  private static Optional<Map<String, Object>> monthly(ScheduleDefinition schedule) {
    MonthlyOf of = schedule.monthlyof();
    Map<String, Object> form = new LinkedHashMap<>();
    if (of.day() != 0) {
      form.put("day", of.day());
    } else if (of.week().matches("[0-5]:[0-6]")) {
      int week = of.week().charAt(0) - '0';
      form.put("week", CalendarWords.WEEKS.get(week));
      form.put("weekday", CalendarWords.WEEKDAYS.get(of.week().charAt(2) - '0'));
    } else {
      return Optional.empty();
    }
    form.put("at", schedule.starttime());
    List<String> months = words(schedule.selectat(), CalendarWords.MONTHS, 1);
    if (months.size() != CalendarWords.MONTHS.size()) {
      form.put("months", months);
    }
    return Optional.of(Map.of("monthly", form));
  }

  /** The words of comma separated numbers; empty when one has no word. */
  private static List<String> words(String numbers, List<String> words, int first) {
    List<String> found = new ArrayList<>();
    for (String number : numbers.split(",", -1)) {
      if (!number.matches("\\d{1,2}")) {
        return List.of();
      }
      int index = Integer.parseInt(number) - first;
      if (index < 0 || index >= words.size()) {
        return List.of();
      }
      found.add(words.get(index));
    }
    return found;
  }

  private static Map<String, Object> wireForm(ScheduleDefinition schedule) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("id", schedule.id());
    form.put("enabled", schedule.enabled());
    form.put("turnmode", schedule.turnmode());
    form.put("interval", schedule.interval());
    form.put("startdate", schedule.startdate());
    form.put("enddate", schedule.enddate());
    form.put("starttime", schedule.starttime());
    form.put("endtime", schedule.endtime());
    form.put("selectat", schedule.selectat());
    form.put(
        "monthlyof",
        ordered("day", schedule.monthlyof().day(), "week", schedule.monthlyof().week()));
    putUnlessNull(form, "cron", schedule.cron());
    putUnlessNull(form, "timezone", schedule.timezone());
    putUnlessNull(form, "overnight", schedule.overnight());
    return form;
  }

  private static Map<String, Object> ordered(String first, Object a, String second, Object b) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(first, a);
    map.put(second, b);
    return map;
  }

  private static void putUnlessNull(Map<String, Object> form, String key, @Nullable Object value) {
    if (value != null) {
      form.put(key, value);
    }
  }
}
