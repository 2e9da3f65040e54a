package io.cloudtask.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One definition on its way to a schedule, or to the reasons why it is none. */
final class Compilation {
  private static final int ABSENT = -1;
  private static final int LAST_MINUTE = 23 * 60 + 59;
  private static final long MINUTE = 60;

  /** No interval of use is longer: a million days are 2,700 years. */
  private static final long GREATEST_INTERVAL = 1_000_000;

  private final Problems problems = new Problems();
  private final WireText text = new WireText(problems);
  private final ScheduleDefinition written;
  private final ZoneId zone;

  /** The unit of modes 1 to 3 in seconds. */
  private static long unit(int turnmode) {
    return turnmode == 1 ? 1 : turnmode == 2 ? 60 : 3_600;
  }

  Compilation(ScheduleDefinition written, ZoneId zone) {
    this.written = written;
    this.zone = text.zone(written.timezone(), zone);
  }

  Compiled run() {
    if (written.enabled() != 0 && written.enabled() != 1) {
      problems.add("enabled", written.enabled() + " is not 0 or 1");
    }
    FireTimes times = fireTimes();
    if (times == null || !problems.none()) {
      return new Compiled.Invalid(problems.list());
    }
    if (times.after(Long.MIN_VALUE / 2) == FireTimes.NEVER) {
      refuseNever();
      return new Compiled.Invalid(problems.list());
    }
    return new Compiled.Valid(new CompiledSchedule(times, zone, written));
  }

  private @Nullable FireTimes fireTimes() {
    return switch (written.turnmode()) {
      case 1, 2, 3 -> window();
      case 4, 5, 6 -> calendar();
      case 7 -> cron();
      default -> {
        problems.add(
            "turnmode",
            written.turnmode()
                + " is not 1 seconds, 2 minutes, 3 hours, 4 days, 5 weeks, 6 months, 7 cron");
        yield null;
      }
    };
  }

  private @Nullable FireTimes window() {
    int start = text.minute("starttime", written.starttime(), 0);
    int end = text.minute("endtime", written.endtime(), LAST_MINUTE);
    boolean overnight = overnight();
    if (overnight && end >= start) {
      problems.add("overnight", "is true, but the window does not cross midnight");
    } else if (!overnight && end < start) {
      problems.add("endtime", written.endtime() + " is before starttime " + Words.clock(start));
    }
    checkInterval();
    Bounds bounds = bounds(start, end);
    if (bounds == null || !problems.none()) {
      return null;
    }
    long minutes = end - start + 1L + (overnight ? 24 * 60 : 0);
    long step = written.interval() * unit(written.turnmode());
    return new WindowTimes(ZoneTimeline.of(zone), bounds, minutes * MINUTE, step);
  }

  private @Nullable FireTimes calendar() {
    int start = text.minute("starttime", written.starttime(), ABSENT);
    if (start == ABSENT) {
      problems.add("starttime", "is empty; write the time of day at which it fires, HH:mm");
    }
    checkInterval();
    Bounds bounds = bounds(start, text.minute("endtime", written.endtime(), start));
    // Without a start there is no schedule, but the other fields are still judged.
    DayRule days = days(bounds == null ? 0 : Math.floorDiv(bounds.first(), LocalTimes.DAY));
    if (bounds == null || days == null || !problems.none()) {
      return null;
    }
    DailyTimes times = new DailyTimes(days, start * MINUTE);
    return new ClockTimes(ZoneTimeline.of(zone), times, bounds);
  }

  private @Nullable DayRule days(long first) {
    return switch (written.turnmode()) {
      case 4 -> new EveryDays(first, written.interval());
      case 5 -> {
        int weekdays = text.numbers("selectat", written.selectat(), 0, 6, "weekdays");
        long firstSunday = first - DayRule.weekday(first);
        yield weekdays == 0 ? null : new EveryWeeks(firstSunday, written.interval(), weekdays);
      }
      default -> monthDays();
    };
  }

  private @Nullable MonthDays monthDays() {
    int months = text.numbers("selectat", written.selectat(), 1, 12, "months");
    MonthlyDay day = MonthlyReader.read(written.monthlyof(), problems);
    if (months == 0 || day == null) {
      return null;
    }
    MonthDays days = MonthlyReader.days(day, months);
    if (days.isEmpty()) {
      problems.add(
          "monthlyof.day",
          written.monthlyof().day() + " is a day that none of its months ever has");
    }
    return days;
  }

  private @Nullable FireTimes cron() {
    int start = text.minute("starttime", written.starttime(), 0);
    Bounds bounds = bounds(start, text.minute("endtime", written.endtime(), start));
    String cron = written.cron() == null ? "" : written.cron();
    CronExpression expression = new CronReader(problems).read(cron);
    if (expression == null || bounds == null || !problems.none()) {
      return null;
    }
    MonthDays days = expression.monthDays();
    if (days.isEmpty()) {
      problems.add("cron", Problems.quote(cron) + " names a day that never comes");
      return null;
    }
    ZoneTimeline timeline = ZoneTimeline.of(zone);
    LocalTimes times = expression.times(days);
    return expression.elapsed()
        ? new ElapsedTimes(timeline, times, bounds)
        : new ClockTimes(timeline, times, bounds);
  }

  private boolean overnight() {
    return written.turnmode() <= 3 && Boolean.TRUE.equals(written.overnight());
  }

  private void checkInterval() {
    if (written.interval() < 1 || written.interval() > GREATEST_INTERVAL) {
      problems.add("interval", written.interval() + " is not 1 to " + GREATEST_INTERVAL);
    }
  }

  private @Nullable Bounds bounds(int startMinute, int endMinute) {
    LocalDate from = text.date("startdate", written.startdate());
    if (from == null) {
      problems.add("startdate", "is empty; write the first day, MM/dd/yyyy");
    }
    LocalDate until = text.date("enddate", written.enddate());
    if (from == null || !problems.none()) {
      return null;
    }
    long first = from.toEpochDay() * LocalTimes.DAY + startMinute * MINUTE;
    if (until == null) {
      return Bounds.from(first);
    }
    long last = until.toEpochDay() * LocalTimes.DAY + endMinute * MINUTE + MINUTE - 1;
    if (last < first) {
      boolean byTime = until.equals(from) && !written.endtime().isEmpty() && !overnight();
      String field = byTime ? "endtime" : "enddate";
      problems.add(field, "the end is before the start " + from + " " + Words.clock(startMinute));
    }
    return new Bounds(first, last);
  }

  private void refuseNever() {
    String field =
        !written.enddate().isEmpty() ? "enddate" : written.turnmode() == 7 ? "cron" : "startdate";
    problems.add(field, "nothing would ever fire: no fire time lies between the start and the end");
  }
}
