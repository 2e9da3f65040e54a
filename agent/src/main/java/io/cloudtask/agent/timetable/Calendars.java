package io.cloudtask.agent.timetable;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.schedule.ScheduleDefinition;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles the schedules of jobs, once for jobs that are due at the same times: most jobs of a
 * fleet share theirs with others, and a new version of a job mostly keeps them. Not thread-safe.
 */
final class Calendars {
  /** So many different ones are remembered; those that were asked for last. */
  private static final int REMEMBERED = 1000;

  /** All that a calendar depends on. */
  private record Key(
      boolean enabled, String timezone, List<ScheduleDefinition> schedules, ZoneId host) {}

  private final Map<Key, Calendar> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Calendar> eldest) {
          return size() > REMEMBERED;
        }
      };

  Calendar of(JobDefinition job, ZoneId host) {
    Key key = new Key(job.enabled(), job.timezone(), job.schedules(), host);
    return compiled.computeIfAbsent(key, _ -> Calendar.of(job, host));
  }
}
