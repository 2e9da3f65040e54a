package io.cloudtask.agent.timetable;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.schedule.Compiled;
import io.cloudtask.schedule.Schedule;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.schedule.ScheduleProblem;
import io.cloudtask.schedule.Schedules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a version of a job is due.
 *
 * @param schedule null when it never is
 * @param fault why not, when that is a mistake in the definition; ""
 */
record Calendar(@Nullable Schedule schedule, String fault) {
  private static final Calendar NEVER = new Calendar(null, "");

  /**
   * Compiles the schedules of a job. One that is wrong makes the whole job unscheduled: a part of
   * its fire times is not what its owner asked for.
   */
  static Calendar of(JobDefinition job, ZoneId host) {
    List<ScheduleDefinition> inForce =
        job.schedules().stream().filter(schedule -> schedule.enabled() == 1).toList();
    if (!job.enabled() || inForce.isEmpty()) {
      return NEVER;
    }
    ZoneId zone;
    try {
      zone = job.timezone().isEmpty() ? host : ZoneId.of(job.timezone());
    } catch (DateTimeException e) {
      return faulty("timezone \"" + job.timezone() + "\" is not an IANA zone known on this host");
    }
    return compile(inForce, zone);
  }

  private static Calendar compile(List<ScheduleDefinition> definitions, ZoneId zone) {
    List<Schedule> schedules = new ArrayList<>();
    for (ScheduleDefinition definition : definitions) {
      switch (Schedules.compile(definition, zone)) {
        case Compiled.Valid valid -> schedules.add(valid.schedule());
        case Compiled.Invalid invalid -> {
          return faulty("a schedule can't be used: " + words(invalid.problems()));
        }
      }
    }
    return new Calendar(Schedules.union(schedules, zone), "");
  }

  private static Calendar faulty(String reason) {
    return new Calendar(null, reason);
  }

  private static String words(List<ScheduleProblem> problems) {
    return problems.stream()
        .map(problem -> problem.field() + " " + problem.message())
        .collect(Collectors.joining("; "));
  }

  Optional<Instant> next(Instant after) {
    return schedule == null ? Optional.empty() : schedule.next(after);
  }
}
