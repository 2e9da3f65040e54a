package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.wire.Alloc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

record SqlAssignments(Session session) implements Assignments {
  @Override
  public Optional<AssignmentRow> assign(String jobid, String agentkey, Instant now) {
    return assign(List.of(new Placing(jobid, agentkey)), now).isEmpty()
        ? Optional.empty()
        : open(jobid);
  }

  @Override
  public Set<String> assign(Collection<Placing> placings, Instant now) {
    return new AssignmentTable(session).insert(placings, now);
  }

  @Override
  public Optional<String> recall(String jobid, Instant now) {
    return mark(jobid, now, "recalledat IS NULL");
  }

  @Override
  public Optional<String> keep(String jobid) {
    return mark(jobid, null, "recalledat IS NOT NULL");
  }

  private Optional<String> mark(String jobid, @Nullable Instant recalled, String condition) {
    Optional<String> holder = lockHolder(jobid);
    if (holder.isEmpty()) {
      return holder;
    }
    int changed =
        session
            .handle()
            .execute(
                "UPDATE assignment SET recalledat = ? WHERE jobid = ? AND untilat IS NULL AND "
                    + condition,
                Columns.millis(recalled),
                jobid);
    if (changed == 0) {
      return Optional.empty();
    }
    session.raiseAgent(holder.get());
    raiseRuntime(jobid);
    return holder;
  }

  /**
   * The agent that holds a job, and holds it until this transaction ends: a span changes only under
   * the lock of its agent. Looked at again once that is locked, because it may have been given to
   * another meanwhile.
   */
  Optional<String> lockHolder(String jobid) {
    SqlAgents agents = new SqlAgents(session);
    Optional<String> holder = holder(jobid);
    while (holder.isPresent()) {
      agents.lock(holder.get());
      Optional<String> again = holder(jobid);
      if (again.equals(holder)) {
        return holder;
      }
      holder = again;
    }
    return holder;
  }

  private Optional<String> holder(String jobid) {
    return session
        .handle()
        .select("SELECT agentkey FROM assignment WHERE jobid = ? AND untilat IS NULL", jobid)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * The same, and nobody else changes the job, or gives it to an agent, until this transaction
   * ends. Everywhere agents are locked before jobs.
   */
  Optional<String> lockJob(String jobid) {
    Optional<String> holder = lockHolder(jobid);
    session.lockJobs(List.of(jobid));
    if (!holder(jobid).equals(holder)) {
      throw new TryAgainException("job " + jobid + " was given away meanwhile");
    }
    return holder;
  }

  /** Ends the open assignment of a job that is deleted. */
  void close(String jobid, Instant now) {
    session
        .handle()
        .execute(
            "UPDATE assignment SET untilat = ? WHERE jobid = ? AND untilat IS NULL",
            now.toEpochMilli(),
            jobid);
  }

  /**
   * An agent says up to when it owned a span. It ends the span, or settles one that was ended
   * without it; one that is over already stays as it is. Returns whether it ended now.
   */
  boolean dropped(Fact.Dropped fact, String agentkey) {
    Optional<AssignmentRow> span = find(fact.jobid(), fact.span(), agentkey);
    if (span.isEmpty()) {
      return false;
    }
    if (span.get().until() == null) {
      end(span.get(), fact.at());
      return true;
    }
    if (span.get().fenced()) {
      settle(span.get(), fact.at());
    }
    return false;
  }

  private void end(AssignmentRow span, Instant at) {
    session
        .handle()
        .execute(
            "UPDATE assignment SET untilat = ? WHERE jobid = ? AND span = ?",
            at.toEpochMilli(),
            span.jobid(),
            span.span());
    new JobStates(session.handle()).left(span.jobid(), at);
    raiseRuntime(span.jobid());
    if (span.recalled() == null) {
      session.raiseAgent(span.agentkey());
    }
  }

  private void settle(AssignmentRow span, Instant at) {
    int settled =
        session
            .handle()
            .execute(
                "UPDATE assignment SET settled = 1 WHERE jobid = ? AND span = ? AND settled = 0",
                span.jobid(),
                span.span());
    if (settled == 1) {
      new Unsettled(session.handle()).settle(span, at);
    }
  }

  private void raiseRuntime(String jobid) {
    session
        .handle()
        .select("SELECT runtime FROM job WHERE jobid = ?", jobid)
        .mapTo(String.class)
        .findOne()
        .ifPresent(session::raiseRuntime);
  }

  @Override
  public Optional<AssignmentRow> open(String jobid) {
    return session
        .handle()
        .select("SELECT * FROM assignment WHERE jobid = ? AND untilat IS NULL", jobid)
        .map((row, context) -> map(row))
        .findOne();
  }

  private Optional<AssignmentRow> find(String jobid, long span, String agentkey) {
    return session
        .handle()
        .select(
            "SELECT * FROM assignment WHERE jobid = ? AND span = ? AND agentkey = ?",
            jobid,
            span,
            agentkey)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<Holding> open() {
    return session
        .handle()
        .select(
            """
            SELECT jobid, agentkey, recalledat IS NOT NULL FROM assignment
            WHERE untilat IS NULL ORDER BY jobid
            """)
        .map((row, context) -> new Holding(row.getString(1), row.getString(2), row.getBoolean(3)))
        .list();
  }

  @Override
  public List<AssignmentRow> history(String jobid) {
    return session
        .handle()
        .select("SELECT * FROM assignment WHERE jobid = ? ORDER BY span", jobid)
        .map((row, context) -> map(row))
        .list();
  }

  static AssignmentRow map(ResultSet row) throws SQLException {
    return new AssignmentRow(
        row.getString("jobid"),
        row.getLong("span"),
        row.getString("agentkey"),
        row.getLong("version"),
        Columns.instant(row, "fromat"),
        Columns.instant(row, "assignedat"),
        Columns.instantOrNull(row, "recalledat"),
        Columns.instantOrNull(row, "untilat"),
        row.getInt("fenced") == 1);
  }

  @Override
  public HandOut handOut(String agentkey, Asking asking) {
    return new SqlHandOut(session).handOut(agentkey, asking);
  }

  @Override
  public Optional<JobSet> jobSet(String agentkey) {
    return new SqlAgents(session)
        .find(agentkey)
        .map(agent ->
            new SqlHandOut(session)
                .set(
                    agentkey, agent.revision(), new Autonomy(session.handle(), agent).ofRuntime()));
  }

  @Override
  public Alloc alloc(Scope scope, String runtime, @Nullable String server) {
    return new AllocTable(session.handle()).of(scope, runtime, server);
  }
}
