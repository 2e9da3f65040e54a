package io.cloudtask.store;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.PackageRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes the job set of an agent out of rows. */
record SqlHandOut(Session session) {
  HandOut handOut(String agentkey, Assignments.Asking asking) {
    Optional<AgentRow> known = new SqlAgents(session).lock(agentkey);
    if (known.isEmpty()) {
      return new HandOut.UnknownAgent();
    }
    AgentRow agent = known.get();
    if (asking.incarnation() != null && !asking.incarnation().equals(agent.incarnation())) {
      return new HandOut.OtherIncarnation(agent.incarnation());
    }
    long revision = agent.revision();
    Autonomy autonomy = new Autonomy(session.handle(), agent);
    boolean told = autonomy.refresh();
    if (new SoleJobs(session.handle(), agent).refresh(asking.sole()) || told) {
      session.raiseAgent(agentkey);
      revision++;
    }
    given(agent, asking);
    OptionalLong held = asking.held();
    return held.isPresent() && held.getAsLong() == revision
        ? new HandOut.Unchanged(revision)
        : new HandOut.Current(set(agentkey, revision, autonomy.ofRuntime()));
  }

  /**
   * A retired agent gets its set too, so that it can settle, but nothing that it could lose. A
   * lease becomes longer in any case, because who fences sees by it whether there was another
   * meanwhile.
   */
  private void given(AgentRow agent, Assignments.Asking asking) {
    Instant now = session.now();
    long held = Math.min(asking.held().orElse(0), agent.revision());
    long until = now.plus(asking.lease()).toEpochMilli();
    session
        .handle()
        .execute(
            """
            UPDATE agent SET seenat = ?,
              acknowledged = CASE WHEN acknowledged < ? THEN ? ELSE acknowledged END,
              fencedat = CASE WHEN retired = 0 THEN NULL ELSE fencedat END,
              leaseuntil = CASE WHEN retired = 1 THEN leaseuntil
                WHEN leaseuntil < ? THEN ? ELSE leaseuntil + 1 END
            WHERE agentkey = ?
            """,
            now.toEpochMilli(),
            held,
            held,
            until,
            until,
            agent.key());
  }

  /** The set as it is now. */
  JobSet set(String agentkey, long revision, long autonomy) {
    return new JobSet(revision, jobs(agentkey), closed(agentkey), autonomy);
  }

  private List<AssignedJob> jobs(String agentkey) {
    return session
        .handle()
        .select(
            """
            SELECT a.jobid, a.span, a.fromat, a.assignedat, a.recalledat, a.sole, j.version,
              j.definition, c.sha256, c.size,
              (SELECT MIN(u.redoneat) FROM unsettled u
                WHERE u.jobid = a.jobid AND u.span < a.span AND u.redoneat < u.toat) AS redo
            FROM assignment a JOIN job j ON j.jobid = a.jobid
            LEFT JOIN package p ON p.name = j.filename
            LEFT JOIN content c ON c.sha256 = p.sha256
            WHERE a.agentkey = ? AND a.untilat IS NULL ORDER BY a.jobid
            """,
            agentkey)
        .map((row, context) -> assigned(row))
        .list();
  }

  private static AssignedJob assigned(ResultSet row) throws SQLException {
    String jobid = row.getString("jobid");
    long version = row.getLong("version");
    JobDefinition definition = JobRows.definition(row, jobid, version);
    String sha256 = row.getString("sha256");
    return new AssignedJob(
        jobid,
        row.getLong("span"),
        Columns.instant(row, "fromat"),
        Columns.instant(row, "assignedat"),
        version,
        definition,
        sha256 == null ? null : new PackageRef(definition.filename(), sha256, row.getLong("size")),
        row.getInt("sole") == 1,
        Columns.instantOrNull(row, "recalledat") != null,
        definition.guarantee() == Guarantee.LEASED ? null : Columns.instantOrNull(row, "redo"));
  }

  private List<ClosedSpan> closed(String agentkey) {
    return session
        .handle()
        .select(
            """
            SELECT jobid, span, untilat FROM assignment
            WHERE agentkey = ? AND fenced = 1 AND settled = 0 ORDER BY jobid, span
            """,
            agentkey)
        .map((row, context) ->
            new ClosedSpan(
                row.getString("jobid"), row.getLong("span"), Columns.instant(row, "untilat")))
        .list();
  }
}
