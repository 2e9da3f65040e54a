package io.cloudtask.center.jobs;

import io.cloudtask.schedule.MonthlyOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the kind of a short schedule: every, daily, weekly, monthly or cron. */
final class Shapes {
  private static final Pattern BETWEEN = Pattern.compile("([0-9:]+)\\s*-\\s*([0-9:]+)");
  private static final Pattern ONE_UNIT = Pattern.compile("(\\d{1,9})([smh])");
  private static final String WHOLE_DAY = "00:00-23:59";
  private static final String ALL_MONTHS = "1,2,3,4,5,6,7,8,9,10,11,12";

  /** Minutes of a day; more would name one twice. */
  private static final int MAX_TIMES = 1440;

  private static final int MAX_NUMBERS = 100;
  private static final long GREATEST = Long.MAX_VALUE;

  private final Section section;
  private final Map<String, Draft.Spot> spots;
  private final Findings findings;

  /**
   * @param spots told where the wire fields were written
   */
  Shapes(Section section, Map<String, Draft.Spot> spots, Findings findings) {
    this.section = section;
    this.spots = spots;
    this.findings = findings;
  }

  /** One shape per time of day; none, with a finding, when it says no sense. */
  List<Shape> read(String kind) {
    spots.put("turnmode", Draft.Spot.of(section, kind));
    return switch (kind) {
      case "every" -> every();
      case "daily" -> daily();
      case "weekly" -> weekly();
      case "monthly" -> monthly();
      default -> cron();
    };
  }

  private List<Shape> every() {
    note(section, "every", "interval");
    note(section, "between", "starttime", "endtime", "overnight");
    Optional<String> text = section.text("every");
    Optional<String[]> window = window();
    if (text.isEmpty() || window.isEmpty()) {
      return List.of();
    }
    OptionalLong seconds = Durations.parse(text.get());
    if (seconds.isEmpty()) {
      section.wrong(
          "every",
          Words.quote(text.get())
              + " is no interval; write 2s, 5m or 3h"
              + " (days: daily with every)");
      return List.of();
    }
    String start = window.get()[0];
    String end = window.get()[1];
    Matcher unit = ONE_UNIT.matcher(text.get());
    if (unit.matches()) {
      int mode = "smh".indexOf(unit.group(2)) + 1;
      return List.of(Shape.every(mode, Long.parseLong(unit.group(1)), start, end));
    }
    long s = seconds.getAsLong();
    return List.of(
        s % 3600 == 0
            ? Shape.every(3, s / 3600, start, end)
            : s % 60 == 0 ? Shape.every(2, s / 60, start, end) : Shape.every(1, s, start, end));
  }

  private Optional<String[]> window() {
    String text = section.has("between") ? section.text("between").orElse("") : WHOLE_DAY;
    Matcher matcher = BETWEEN.matcher(text.strip());
    if (matcher.matches()) {
      Optional<String> start = Dates.time(matcher.group(1));
      // Midnight as an end is the end of the day that it closes.
      Optional<String> end =
          matcher.group(2).equals("24:00") ? Optional.of("23:59") : Dates.time(matcher.group(2));
      if (start.isPresent() && end.isPresent()) {
        return Optional.of(new String[] {start.get(), end.get()});
      }
    }
    section.wrong("between", Words.quote(text) + " is no window; write 08:00-20:00");
    return Optional.empty();
  }

  private List<Shape> daily() {
    Optional<Located> value = section.value("daily");
    if (value.isEmpty() || !(value.get() instanceof Located.Mapping)) {
      note(section, "daily", "starttime");
      return times(section, "daily").stream().map(at -> Shape.daily(1, at)).toList();
    }
    return inner("daily", List.of("at", "every"))
        .map(daily -> {
          note(daily, "at", "starttime");
          long interval = interval(daily);
          return times(daily, "at").stream().map(at -> Shape.daily(interval, at)).toList();
        })
        .orElse(List.of());
  }

  private List<Shape> weekly() {
    return inner("weekly", List.of("days", "at", "every"))
        .map(weekly -> {
          note(weekly, "at", "starttime");
          note(weekly, "days", "selectat");
          long interval = interval(weekly);
          String days =
              weekly.requires("days", "weekdays, for example [mon, fri]")
                  ? numbers(weekly, "days", CalendarWords::weekday, "a weekday, mon to sun")
                  : "";
          List<String> times = times(weekly, "at");
          return days.isEmpty()
              ? List.<Shape>of()
              : times.stream().map(at -> Shape.weekly(interval, days, at)).toList();
        })
        .orElse(List.of());
  }

  private List<Shape> monthly() {
    return inner("monthly", List.of("day", "week", "weekday", "at", "months"))
        .map(monthly -> {
          note(monthly, "at", "starttime");
          note(monthly, "months", "selectat");
          note(monthly, "day", "monthlyof.day");
          note(monthly, "week", "monthlyof.week");
          note(section, "monthly", "monthlyof");
          Optional<MonthlyOf> day = monthDay(monthly);
          String months =
              monthly.has("months")
                  ? numbers(monthly, "months", CalendarWords::month, "a month, 1 to 12")
                  : ALL_MONTHS;
          List<String> times = times(monthly, "at");
          return day.isEmpty() || months.isEmpty()
              ? List.<Shape>of()
              : times.stream().map(at -> Shape.monthly(day.get(), months, at)).toList();
        })
        .orElse(List.of());
  }

  private static Optional<MonthlyOf> monthDay(Section monthly) {
    boolean byWeek = monthly.has("week") || monthly.has("weekday");
    if (monthly.has("day") == byWeek) {
      monthly.wrong(
          monthly.has("day") ? "day" : "week",
          "needs either day (1 to 31, or -1 for the last day), or week and weekday");
      return Optional.empty();
    }
    if (!byWeek) {
      OptionalLong day = monthly.whole("day", -31, 31);
      if (day.isPresent() && day.getAsLong() == 0) {
        monthly.wrong("day", "0 is no day; write 1 to 31, or -1 (the last) to -31");
        return Optional.empty();
      }
      return day.isPresent()
          ? Optional.of(new MonthlyOf((int) day.getAsLong(), ""))
          : Optional.empty();
    }
    boolean week = monthly.requires("week", "1 to 5 or last");
    boolean weekday = monthly.requires("weekday", "mon to sun");
    return week && weekday ? nthWeekday(monthly) : Optional.empty();
  }

  private static Optional<MonthlyOf> nthWeekday(Section monthly) {
    OptionalLong week = word(monthly, "week", CalendarWords::week, "a week, 1 to 5 or last");
    OptionalLong day = word(monthly, "weekday", CalendarWords::weekday, "a weekday, mon to sun");
    return week.isPresent() && day.isPresent()
        ? Optional.of(new MonthlyOf(0, week.getAsLong() + ":" + day.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong word(
      Section section, String key, Function<String, OptionalLong> words, String what) {
    Optional<String> text = section.lines(key);
    OptionalLong number = text.map(words).orElse(OptionalLong.empty());
    if (text.isPresent() && number.isEmpty()) {
      section.wrong(key, Words.quote(text.get()) + " is not " + what);
    }
    return number;
  }

  private List<Shape> cron() {
    note(section, "cron", "cron");
    return section.text("cron").map(text -> List.of(Shape.cron(text))).orElse(List.of());
  }

  private long interval(Section inner) {
    note(inner, "every", "interval");
    return inner.whole("every", 1, GREATEST).orElse(1);
  }

  private Optional<Section> inner(String key, List<String> known) {
    return section
        .value(key)
        .flatMap(value -> Section.of(value, section.path(key), known, findings));
  }

  private List<String> times(Section where, String key) {
    List<String> times = new ArrayList<>();
    if (where.requires(key, "a time of day such as \"02:30\"")) {
      for (Section.Item item : where.items(key, true, MAX_TIMES, "times of day")) {
        Values.text(item.value(), item.path(), findings).ifPresent(text -> time(item, text, times));
      }
      if (times.isEmpty() && findings.none()) {
        where.wrong(key, "names no time of day");
      }
    }
    return times;
  }

  private void time(Section.Item item, String text, List<String> times) {
    Optional<String> time = Dates.time(text);
    if (time.isEmpty()) {
      findings.add(
          item.path(),
          item.value().place(),
          Words.quote(text) + " is no time of day; write HH:mm, 00:00 to 23:59");
    } else if (times.contains(time.get())) {
      findings.add(item.path(), item.value().place(), text + " is named twice");
    } else {
      times.add(time.get());
    }
  }

  /** The numbers of some words, ascending and comma separated as the wire wants them. */
  private String numbers(
      Section where, String key, Function<String, OptionalLong> words, String what) {
    TreeSet<Long> numbers = new TreeSet<>();
    List<Section.Item> items = where.items(key, true, MAX_NUMBERS, "entries");
    for (Section.Item item : items) {
      Optional<String> text = Values.lines(item.value(), item.path(), findings);
      OptionalLong number = text.map(words).orElse(OptionalLong.empty());
      if (text.isPresent() && number.isEmpty()) {
        findings.add(
            item.path(), item.value().place(), Words.quote(text.get()) + " is not " + what);
      }
      number.ifPresent(numbers::add);
    }
    if (items.isEmpty()) {
      where.wrong(key, "is empty, so it would never fire; write " + what);
    }
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private void note(Section where, String key, String... fields) {
    if (where.has(key)) {
      for (String field : fields) {
        spots.put(field, Draft.Spot.of(where, key));
      }
    }
  }
}
