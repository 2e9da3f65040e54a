package io.cloudtask.center.jobs;

import io.cloudtask.schedule.Compiled;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.schedule.ScheduleProblem;
import io.cloudtask.schedule.Schedules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the schedules of one job, in wire form or short form, and refuses those that can never
 * fire.
 */
final class SchedulesText {
  private static final int MAX_SCHEDULES = 100;

  private final Instant now;
  private final ZoneId zone;
  private final List<ScheduleDefinition> known;
  private final Findings findings;

  /**
   * @param zone of the job
   * @param known the schedules that the job has now; one of them that differs in nothing but its
   *     first day lends it to a schedule that names none, so that a file can be applied again
   */
  SchedulesText(Instant now, ZoneId zone, List<ScheduleDefinition> known, Findings findings) {
    this.now = now;
    this.zone = zone;
    this.known = known;
    this.findings = findings;
  }

  List<ScheduleDefinition> read(Section job) {
    List<ScheduleDefinition> schedules = new ArrayList<>();
    for (Section.Item item : job.items("schedules", false, MAX_SCHEDULES, "schedules")) {
      int before = findings.size();
      for (Draft draft : drafts(item, schedules.size() + 1)) {
        Draft dated =
            draft.undated() ? draft.with(dated(draft.definition(), schedules.size())) : draft;
        if (findings.size() == before) {
          check(dated);
        }
        schedules.add(dated.definition());
      }
    }
    if (schedules.size() > MAX_SCHEDULES) {
      job.wrong("schedules", "are more than " + MAX_SCHEDULES);
    }
    return schedules;
  }

  private List<Draft> drafts(Section.Item item, int number) {
    return isWire(item.value())
        ? WireSchedule.read(item, findings)
        : ShortSchedule.read(item, number, findings);
  }

  private static boolean isWire(Located value) {
    return value instanceof Located.Mapping mapping
        && mapping.entries().stream().anyMatch(entry -> entry.key().equals("turnmode"));
  }

  private ScheduleDefinition dated(ScheduleDefinition schedule, int index) {
    List<ScheduleDefinition> candidates = new ArrayList<>();
    if (index < known.size()) {
      candidates.add(known.get(index));
    }
    candidates.addAll(known);
    for (ScheduleDefinition candidate : candidates) {
      ScheduleDefinition same = from(schedule, candidate.startdate());
      if (same.equals(candidate)) {
        return same;
      }
    }
    String id = schedule.timezone();
    ZoneId here = id != null && Zones.exists(id) ? ZoneId.of(id) : zone;
    return from(schedule, Dates.wire(LocalDate.ofInstant(now, here)));
  }

  private static ScheduleDefinition from(ScheduleDefinition schedule, String startdate) {
    return new ScheduleDefinition(
        schedule.id(),
        schedule.enabled(),
        schedule.turnmode(),
        schedule.interval(),
        startdate,
        schedule.enddate(),
        schedule.starttime(),
        schedule.endtime(),
        schedule.selectat(),
        schedule.monthlyof(),
        schedule.cron(),
        schedule.timezone(),
        schedule.overnight());
  }

  private void check(Draft draft) {
    if (Schedules.compile(draft.definition(), zone) instanceof Compiled.Invalid invalid) {
      for (ScheduleProblem problem : invalid.problems()) {
        Draft.Spot spot = draft.spot(problem.field());
        findings.add(spot.path(), spot.place(), problem.message());
      }
    }
  }
}
