package io.cloudtask.center.runs;

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

/**
 * All schedules of a definition. Immutable.
 *
 * @param due when any enabled schedule is; never while the job is disabled
 * @param words each schedule in words, the disabled ones too
 * @param problems why a stored schedule can't fire; empty unless it was stored by other means
 */
public record JobSchedule(Schedule due, List<String> words, List<String> problems) {
  public JobSchedule {
    words = List.copyOf(words);
    problems = List.copyOf(problems);
  }

  /**
   * Compiles a definition.
   *
   * @param host the zone of the host that runs the job, for schedules when the job names none
   */
  public static JobSchedule of(JobDefinition job, ZoneId host) {
    List<String> problems = new ArrayList<>();
    ZoneId zone = zone(job.timezone(), host, problems);
    List<Schedule> enabled = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (ScheduleDefinition definition : job.schedules()) {
      String path = "schedules[" + words.size() + "].";
      switch (Schedules.compile(definition, zone)) {
        case Compiled.Valid(Schedule schedule) -> {
          boolean on = definition.enabled() == 1;
          words.add(on ? schedule.describe() : schedule.describe() + " (disabled)");
          if (on && job.enabled()) {
            enabled.add(schedule);
          }
        }
        case Compiled.Invalid(List<ScheduleProblem> found) -> {
          words.add("cannot fire");
          found.forEach(p -> problems.add(path + p.field() + " " + p.message()));
        }
      }
    }
    return new JobSchedule(Schedules.union(enabled, zone), words, problems);
  }

  private static ZoneId zone(String timezone, ZoneId host, List<String> problems) {
    try {
      return timezone.isEmpty() ? host : ZoneId.of(timezone);
    } catch (DateTimeException e) {
      problems.add("timezone \"" + timezone + "\" is not known");
      return host;
    }
  }

  /** The first fire times strictly after an instant, ascending. */
  public List<Instant> next(Instant after, int count) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> time = due.next(after);
    while (time.isPresent() && times.size() < count) {
      times.add(time.get());
      time = due.next(time.get());
    }
    return times;
  }

  /** Whether the job is due at exactly that instant. */
  boolean isDue(Instant at) {
    return due.next(at.minusNanos(1)).equals(Optional.of(at));
  }

  /**
   * The last fire time before an instant, found by looking further and further back.
   *
   * @param notBefore how far back it may lie; the search ends there
   */
  Optional<Instant> previous(Instant at, Instant notBefore) {
    for (long back = 1; ; back *= 2) {
      Instant from = at.minusSeconds(back);
      if (from.isBefore(notBefore)) {
        return fires(notBefore, at) ? Optional.of(lastBetween(notBefore, at)) : Optional.empty();
      }
      if (fires(from, at)) {
        return Optional.of(lastBetween(from, at));
      }
    }
  }

  private boolean fires(Instant after, Instant before) {
    return due.next(after).filter(time -> time.isBefore(before)).isPresent();
  }

  /** Halves the span for as long as something fires in its later part. */
  private Instant lastBetween(Instant after, Instant before) {
    long low = after.getEpochSecond();
    long high = before.getEpochSecond();
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (fires(Instant.ofEpochSecond(middle), before)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return due.next(Instant.ofEpochSecond(low)).orElseThrow();
  }
}
