package io.cloudtask.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A definition in the making, and short ways to ask a compiled one. */
record Written(
    int turnmode,
    long interval,
    String startdate,
    String enddate,
    String starttime,
    String endtime,
    String selectat,
    MonthlyOf monthlyof,
    @Nullable String cron,
    @Nullable String timezone,
    @Nullable Boolean overnight) {

  static Written mode(int turnmode, long interval) {
    return new Written(
        turnmode, interval, "01/01/2018", "", "00:00", "", "", MonthlyOf.UNUSED, null, null, null);
  }

  static Written cron(String cron) {
    return new Written(7, 1, "01/01/2018", "", "00:00", "", "", MonthlyOf.UNUSED, cron, null, null);
  }

  Written from(String date, String time) {
    return new Written(
        turnmode, interval, date, enddate, time, endtime, selectat, monthlyof, cron, timezone,
        overnight);
  }

  Written at(String time) {
    return from(startdate, time);
  }

  Written until(String date, String time) {
    return new Written(
        turnmode, interval, startdate, date, starttime, time, selectat, monthlyof, cron, timezone,
        overnight);
  }

  Written between(String start, String end) {
    return from(startdate, start).until(enddate, end);
  }

  Written select(String text) {
    return new Written(
        turnmode, interval, startdate, enddate, starttime, endtime, text, monthlyof, cron, timezone,
        overnight);
  }

  Written on(int day, String week) {
    return new Written(
        turnmode,
        interval,
        startdate,
        enddate,
        starttime,
        endtime,
        selectat,
        new MonthlyOf(day, week),
        cron,
        timezone,
        overnight);
  }

  Written zone(String id) {
    return new Written(
        turnmode, interval, startdate, enddate, starttime, endtime, selectat, monthlyof, cron, id,
        overnight);
  }

  Written crossingMidnight() {
    return new Written(
        turnmode, interval, startdate, enddate, starttime, endtime, selectat, monthlyof, cron,
        timezone, true);
  }

  ScheduleDefinition definition() {
    return new ScheduleDefinition(
        "1623e5f1a23",
        1,
        turnmode,
        interval,
        startdate,
        enddate,
        starttime,
        endtime,
        selectat,
        monthlyof,
        cron,
        timezone,
        overnight);
  }

  Compiled compile() {
    return Schedules.compile(definition(), ZoneId.of("UTC"));
  }

  /** Throws when the definition is refused. */
  Schedule schedule() {
    return switch (compile()) {
      case Compiled.Valid valid -> valid.schedule();
      case Compiled.Invalid invalid -> throw new IllegalArgumentException(this + " " + invalid);
    };
  }

  /** The fields that are refused; empty when the definition is valid. */
  List<String> refused() {
    return switch (compile()) {
      case Compiled.Valid valid -> List.of();
      case Compiled.Invalid invalid ->
          invalid.problems().stream().map(ScheduleProblem::field).toList();
    };
  }

  /** The first fire times after an RFC 3339 instant, as the clock of the zone shows them. */
  List<String> next(int count, String after) {
    Schedule schedule = schedule();
    List<String> found = new ArrayList<>();
    Optional<Instant> next = schedule.next(Instant.parse(after));
    while (next.isPresent() && found.size() < count) {
      found.add(next.orElseThrow().atZone(schedule.zone()).toOffsetDateTime().toString());
      next = schedule.next(next.orElseThrow());
    }
    return found;
  }
}
