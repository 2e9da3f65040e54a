package io.cloudtask.center.lead;

import io.cloudtask.center.runs.LostSpans;
import io.cloudtask.center.runs.UnheldJobs;
import io.cloudtask.store.Retention;
import io.cloudtask.store.Store;
import io.cloudtask.store.UnsettledRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Answers for due instants that nobody else will answer for, and removes what is too old. */
final class Upkeep {
  private static final int LOST_AT_ONCE = 500;
  private static final int JOBS_AT_ONCE = 50;
  private static final int PRUNE_BATCH = 500;
  private static final int PRUNE_ROUNDS = 200;

  private final Store store;
  private final Mandate mandate;
  private final Duration horizon;
  private final Retention.Limits retention;
  private final ZoneId zone;

  /**
   * @param zone of schedules and jobs that name none, while no agent has the job
   */
  Upkeep(Store store, Mandate mandate, LeadSettings settings, ZoneId zone) {
    this.store = store;
    this.mandate = mandate;
    this.horizon = settings.horizon();
    this.retention = settings.retention();
    this.zone = zone;
  }

  /**
   * Writes down what jobs missed that nobody holds; those that somebody holds now are left alone.
   */
  void unheld(List<String> jobs) {
    for (int from = 0; from < jobs.size(); from += JOBS_AT_ONCE) {
      List<String> some = jobs.subList(from, Math.min(jobs.size(), from + JOBS_AT_ONCE));
      Optional<Boolean> done =
          mandate.write(tx -> {
            Instant now = tx.now();
            for (String jobid : some) {
              tx.jobs()
                  .lock(jobid)
                  .ifPresent(job -> {
                    var _ = UnheldJobs.settle(tx, job, now, zone);
                  });
            }
            return true;
          });
      if (done.isEmpty()) {
        return;
      }
    }
  }

  /** Closes what dead agents have not told for too long. */
  void lost(Instant now) {
    List<UnsettledRow> rows =
        store.read(tx -> tx.ledger().unsettledBefore(now.minus(horizon), LOST_AT_ONCE));
    for (UnsettledRow row : rows) {
      if (mandate.write(tx -> LostSpans.close(tx, row, zone)).isEmpty()) {
        return;
      }
    }
  }

  /** Removes what is too old, in small steps. */
  void prune() {
    for (int round = 0; round < PRUNE_ROUNDS; round++) {
      Optional<Retention.Progress> progress =
          mandate.write(tx -> tx.retention().prune(retention, PRUNE_BATCH, tx.now()));
      if (progress.isEmpty() || progress.get().done() || Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
