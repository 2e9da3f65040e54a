package io.cloudtask.center.api;

import io.cloudtask.center.runs.JobSchedule;
import io.cloudtask.center.runs.WhyReader;
import io.cloudtask.schedule.Schedule;
import io.cloudtask.store.JobList;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The next fire time of every job that is switched on, remembered until it is over or the job has
 * another version. Thread-safe.
 */
final class Upcoming {
  private final ZoneId zone;
  private final Map<String, Entry> known = new ConcurrentHashMap<>();

  /**
   * A job.
   *
   * @param at when it is due next; null when it never is
   */
  record Entry(JobRow job, Schedule due, @Nullable Instant at) {
    private Entry later(Instant now) {
      return at == null || at.isAfter(now) ? this : new Entry(job, due, due.next(now).orElse(null));
    }
  }

  Upcoming(ZoneId zone) {
    this.zone = zone;
  }

  /** By job. */
  Map<String, Entry> of(Tx tx, Instant now) {
    Set<String> enabled = new HashSet<>();
    List<String> changed = new ArrayList<>();
    for (Overviews.Enabled job : tx.overviews().enabled()) {
      enabled.add(job.jobid());
      if (Optional.ofNullable(known.get(job.jobid()))
          .filter(entry -> entry.job.version() == job.version())
          .isEmpty()) {
        changed.add(job.jobid());
      }
    }
    known.keySet().retainAll(enabled);
    for (JobList.Entry entry : tx.overviews().jobs(changed)) {
      known.put(entry.job().jobid(), compiled(tx, entry.job(), now));
    }
    known.replaceAll((jobid, entry) -> entry.later(now));
    return Map.copyOf(known);
  }

  private Entry compiled(Tx tx, JobRow job, Instant now) {
    Schedule due = JobSchedule.of(job.definition(), WhyReader.hostZone(tx, job, now, zone)).due();
    return new Entry(job, due, due.next(now).orElse(null));
  }
}
