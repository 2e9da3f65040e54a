package io.cloudtask.center.runs;

import io.cloudtask.model.rest.JobStats;
import io.cloudtask.model.rest.LastRun;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.RunSearch;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How the runs of a job usually go. */
public final class Stats {
  private static final int DAYS = 30;
  private static final int RUNS = 200;

  private Stats() {}

  /** Of the last 30 days, today included. */
  public static JobStats read(Tx tx, String jobid, Instant now) {
    Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS - 1L));
    Instant end = first.plus(Duration.ofDays(DAYS));
    long[] all = new long[DAYS];
    long[] good = new long[DAYS];
    for (Overviews.RunCount count :
        tx.overviews().histogram(RunSearch.About.job(jobid), first, end, Duration.ofDays(1))) {
      boolean counted = count.bucket() >= 0 && count.bucket() < DAYS && count.state().terminal();
      if (counted && count.state() != RunState.CANCELLED) {
        all[count.bucket()] += count.runs();
        good[count.bucket()] += count.state() == RunState.SUCCEEDED ? count.runs() : 0;
      }
    }
    List<JobStats.Day> days = new ArrayList<>();
    long runs = 0;
    long succeeded = 0;
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = LocalDate.ofInstant(first, ZoneOffset.UTC).plusDays(i);
      days.add(new JobStats.Day(day.toString(), all[i], good[i], all[i] - good[i]));
      runs += all[i];
      succeeded += good[i];
    }
    List<LastRun> last =
        tx.overviews().lastRuns(List.of(jobid), RUNS).getOrDefault(jobid, List.of());
    return new JobStats(runs, succeeded, usual(last).orElse(null), days);
  }

  /** How long the good ones of some runs took. Pure. */
  public static Optional<JobStats.Usual> usual(List<LastRun> runs) {
    List<Long> durations =
        runs.stream()
            .filter(run -> run.state() == RunState.SUCCEEDED)
            .map(LastRun::durationms)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return durations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new JobStats.Usual(
                percentile(durations, 10), percentile(durations, 50), percentile(durations, 90)));
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
