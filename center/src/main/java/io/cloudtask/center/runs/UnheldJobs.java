package io.cloudtask.center.runs;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Answers for the due instants of jobs that no agent holds: they are missed, and the ledger says
 * so. An agent that takes the job later answers for what follows.
 */
public final class UnheldJobs {
  /** Most due instants in one go, so that a job of every second can't hold up the store. */
  static final int SLICE = 50_000;

  private UnheldJobs() {}

  /**
   * Settles a job that is locked up to an instant, when nobody holds it. Its fence moves to the
   * last due instant, so that the next gap goes on there and becomes one row with this one.
   *
   * @param zone of schedules and jobs that name none
   * @return whether there is more to settle
   */
  public static boolean settle(Tx tx, JobRow job, Instant to, ZoneId zone) {
    return !isRedone(tx, job) && record(tx, job, to, zone);
  }

  private static boolean record(Tx tx, JobRow job, Instant to, ZoneId zone) {
    if (job.agentkey() != null || !to.isAfter(job.fence())) {
      return false;
    }
    Optional<Fact.Gap> gap = decide(job, to, JobSchedule.of(job.definition(), zone));
    gap.ifPresent(missed -> {
      tx.ledger().record(missed);
      tx.jobs().fence(job.jobid(), missed.last());
    });
    return gap.isPresent() && gap.get().count() == SLICE;
  }

  /**
   * Whether the next agent sees to what a dead one may not have run; it then goes on from there.
   */
  private static boolean isRedone(Tx tx, JobRow job) {
    return job.definition().guarantee() != Guarantee.LEASED
        && tx.ledger().unsettled(job.jobid(), job.fence()).isPresent();
  }

  /**
   * Settles a job completely before its definition changes: what was due until now was due under
   * the old one, and the next agent, which will know the new one alone, sees to nothing of it but
   * what a dead agent may not have run.
   */
  public static void close(Tx tx, String jobid, Instant to, ZoneId zone) {
    boolean more = true;
    while (more) {
      Optional<JobRow> job = tx.jobs().lock(jobid);
      more = job.isPresent() && record(tx, job.get(), to, zone);
    }
    tx.jobs().fence(jobid, to);
  }

  /** Pure: the first {@link #SLICE} instants that were due in (fence, to], as one gap. */
  static Optional<Fact.Gap> decide(JobRow job, Instant to, JobSchedule schedule) {
    Optional<Instant> first = due(schedule, job.fence(), to);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Instant last = first.get();
    long count = 1;
    Optional<Instant> next = due(schedule, last, to);
    while (next.isPresent() && count < SLICE) {
      last = next.get();
      count++;
      next = due(schedule, last, to);
    }
    return Optional.of(
        new Fact.Gap(
            job.jobid(), job.version(), first.get(), last, count, GapReason.NO_AGENT, job.fence()));
  }

  private static Optional<Instant> due(JobSchedule schedule, Instant after, Instant to) {
    return schedule.due().next(after).filter(time -> !time.isAfter(to));
  }
}
