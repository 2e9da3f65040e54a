package io.cloudtask.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of fire times once more, as they are written down and without any thought of speed: it
 * looks at every second or minute of a stretch of time and asks whether it is due.
 */
final class NaiveModel {
  private final ScheduleDefinition written;
  private final ZoneId zone;
  private final int tick;
  private final LocalDate startDate;
  private final LocalDateTime start;
  private final LocalDateTime end;
  private final LocalTime startTime;
  private final LocalTime endTime;

  /**
   * @param tick 1 or 60 seconds: how closely to look
   */
  NaiveModel(ScheduleDefinition written, ZoneId zone, int tick) {
    this.written = written;
    this.zone = zone;
    this.tick = tick;
    this.startDate = date(written.startdate());
    this.startTime = time(written.starttime().isEmpty() ? "00:00" : written.starttime());
    String last = written.turnmode() <= 3 ? "23:59" : startTime.toString();
    this.endTime = time(written.endtime().isEmpty() ? last : written.endtime()).plusSeconds(59);
    this.start = startDate.atTime(startTime);
    this.end =
        written.enddate().isEmpty()
            ? LocalDateTime.of(9999, 12, 31, 23, 59, 59)
            : date(written.enddate()).atTime(endTime);
  }

  private static LocalDate date(String text) {
    String[] parts = text.split("/", -1);
    return LocalDate.of(
        Integer.parseInt(parts[2]), Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private static LocalTime time(String text) {
    return LocalTime.parse(text.length() == 4 ? "0" + text : text);
  }

  /** All fire times of {@code from <= t < to}. */
  NavigableSet<Instant> fireTimes(Instant from, Instant to) {
    NavigableSet<Instant> found =
        switch (written.turnmode()) {
          case 1, 2, 3 -> windows(from, to);
          case 7 -> cron(from, to);
          default -> calendar(from, to);
        };
    return found.subSet(from, true, to, false);
  }

  private LocalDateTime clockAt(Instant instant) {
    ZoneOffset offset = zone.getRules().getOffset(instant);
    return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, offset);
  }

  private boolean alive(LocalDateTime local) {
    return !local.isBefore(start) && !local.isAfter(end);
  }

  private NavigableSet<Instant> windows(Instant from, Instant to) {
    NavigableSet<Instant> found = new TreeSet<>();
    Map<LocalDate, Instant> firstInstants = new HashMap<>();
    long unit = List.of(1, 60, 3600).get(written.turnmode() - 1);
    long lead = 2 * 86_400 + 3_600;
    for (Instant t = from.minusSeconds(lead); t.isBefore(to); t = t.plusSeconds(tick)) {
      LocalDateTime local = clockAt(t);
      LocalDate day = windowDay(local);
      if (day != null && !day.isBefore(startDate) && !local.isAfter(end)) {
        Instant first = firstInstants.putIfAbsent(day, t);
        long elapsed = first == null ? 0 : t.getEpochSecond() - first.getEpochSecond();
        if (elapsed % (written.interval() * unit) == 0) {
          found.add(t);
        }
      }
    }
    return found;
  }

  private @Nullable LocalDate windowDay(LocalDateTime local) {
    LocalTime time = local.toLocalTime();
    if (Boolean.TRUE.equals(written.overnight())) {
      if (!time.isBefore(startTime)) {
        return local.toLocalDate();
      }
      return time.isAfter(endTime) ? null : local.toLocalDate().minusDays(1);
    }
    return time.isBefore(startTime) || time.isAfter(endTime) ? null : local.toLocalDate();
  }

  /** A local time that a gap skips is the end of the gap, one that comes twice its first. */
  private Instant meant(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(offsets.getFirst());
  }

  private NavigableSet<Instant> calendar(Instant from, Instant to) {
    NavigableSet<Instant> found = new TreeSet<>();
    LocalDate last = clockAt(to).toLocalDate().plusDays(2);
    LocalDate day = clockAt(from).toLocalDate().minusDays(2);
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      LocalDateTime local = day.atTime(startTime);
      if (alive(local) && isDay(day)) {
        found.add(meant(local));
      }
    }
    return found;
  }

  private boolean isDay(LocalDate day) {
    List<String> selected = Arrays.asList(written.selectat().split(",", -1));
    return switch (written.turnmode()) {
      case 4 -> ChronoUnit.DAYS.between(startDate, day) % written.interval() == 0;
      case 5 ->
          ChronoUnit.WEEKS.between(sundayOf(startDate), sundayOf(day)) % written.interval() == 0
              && selected.contains(String.valueOf(day.getDayOfWeek().getValue() % 7));
      default -> selected.contains(String.valueOf(day.getMonthValue())) && isDayOfMonth(day);
    };
  }

  private static LocalDate sundayOf(LocalDate day) {
    return day.minusDays(day.getDayOfWeek().getValue() % 7);
  }

  private boolean isDayOfMonth(LocalDate day) {
    int n = written.monthlyof().day();
    int fromEnd = day.getDayOfMonth() - day.lengthOfMonth() - 1;
    if (n != 0) {
      return n == day.getDayOfMonth() || n == fromEnd;
    }
    String[] week = written.monthlyof().week().split(":", -1);
    if (day.getDayOfWeek().getValue() % 7 != Integer.parseInt(week[1])) {
      return false;
    }
    return week[0].equals("0")
        ? fromEnd >= -7
        : (day.getDayOfMonth() + 6) / 7 == Integer.parseInt(week[0]);
  }

  private NavigableSet<Instant> cron(Instant from, Instant to) {
    NaiveCron cron = new NaiveCron(String.valueOf(written.cron()));
    NavigableSet<Instant> found = new TreeSet<>();
    if (cron.runsByElapsedTime()) {
      for (Instant t = from; t.isBefore(to); t = t.plusSeconds(tick)) {
        LocalDateTime local = clockAt(t);
        if (alive(local) && cron.matches(local)) {
          found.add(t);
        }
      }
      return found;
    }
    LocalDateTime local = clockAt(from).minusDays(2);
    LocalDateTime last = clockAt(to).plusDays(2);
    for (; local.isBefore(last); local = local.plusSeconds(tick)) {
      if (alive(local) && cron.matches(local)) {
        found.add(meant(local));
      }
    }
    return found;
  }
}
