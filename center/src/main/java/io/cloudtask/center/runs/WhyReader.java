package io.cloudtask.center.runs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Ledger.InForce;
import io.cloudtask.store.Tx;
import io.cloudtask.store.VersionRow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what the store knows of one instant of one job. */
public final class WhyReader {
  private WhyReader() {}

  /**
   * The facts.
   *
   * @param zone of schedules and jobs that name none while no agent has taken the job
   */
  public static WhyFacts read(Tx tx, JobRow job, Instant at, ZoneId zone) {
    GapRow gap = tx.ledger().gap(job.jobid(), at).orElse(null);
    Instant cursor = tx.ledger().cursor(job.jobid()).orElse(null);
    Optional<AgentRow> agent = Optional.ofNullable(job.agentkey()).flatMap(tx.agents()::find);
    return new WhyFacts(
        job,
        at,
        tx.ledger().run(job.jobid(), at).orElse(null),
        gap,
        unsettled(tx, job, at).orElse(null),
        ruling(tx, job, at, gap, cursor, zone).orElse(null),
        cursor,
        agent.map(row -> row.node().hostname()).orElse(null),
        agent.map(AgentRow::online).orElse(false));
  }

  private static Optional<WhyFacts.Unsettled> unsettled(Tx tx, JobRow job, Instant at) {
    return tx.ledger()
        .unsettled(job.jobid(), at)
        .map(row ->
            new WhyFacts.Unsettled(
                tx.agents()
                    .find(row.agentkey())
                    .map(agent -> agent.node().hostname())
                    .orElse(row.agentkey()),
                row.since()));
  }

  private static Optional<WhyFacts.Ruling> ruling(
      Tx tx, JobRow job, Instant at, @Nullable GapRow gap, @Nullable Instant cursor, ZoneId zone) {
    Optional<InForce> taken = tx.ledger().inForce(job.jobid(), at);
    ZoneId host = taken.flatMap(t -> zone(t.zone())).orElse(zone);
    if (gap != null) {
      return tx.jobs()
          .version(job.jobid(), gap.version())
          .map(version -> ruling(version, version.editat(), host));
    }
    // While nobody holds the job, what an agent took before says nothing about later instants.
    boolean owned = job.agentkey() != null || (cursor != null && !at.isAfter(cursor));
    if (taken.isPresent() && owned) {
      InForce rule = taken.get();
      return tx.jobs()
          .version(job.jobid(), rule.version())
          .map(version -> ruling(version, rule.effective(), host));
    }
    return tx.jobs()
        .versionAt(job.jobid(), at)
        .map(version -> ruling(version, version.editat(), host));
  }

  private static WhyFacts.Ruling ruling(VersionRow version, Instant effective, ZoneId host) {
    JobDefinition definition = version.definition();
    return new WhyFacts.Ruling(version.version(), definition, effective, host);
  }

  /** The zone in which the schedules of a job that names none are read, now. */
  public static ZoneId hostZone(Tx tx, JobRow job, Instant now, ZoneId otherwise) {
    return job.agentkey() == null || !job.definition().timezone().isEmpty()
        ? otherwise
        : tx.ledger()
            .inForce(job.jobid(), now)
            .flatMap(taken -> zone(taken.zone()))
            .orElse(otherwise);
  }

  static Optional<ZoneId> zone(String id) {
    try {
      return Optional.of(ZoneId.of(id));
    } catch (DateTimeException e) {
      return Optional.empty(); // an agent of another platform may know a zone that we don't
    }
  }
}
