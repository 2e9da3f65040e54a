package io.cloudtask.store;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.run.GapReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows that say which fire times may have run and nobody knows. */
record Unsettled(Handle handle) {
  Optional<UnsettledRow> at(String jobid, Instant at) {
    return handle
        .select(
            """
            SELECT * FROM unsettled WHERE jobid = ? AND fromat < ? AND toat >= ? ORDER BY span DESC
            LIMIT 1
            """,
            jobid,
            at.toEpochMilli(),
            at.toEpochMilli())
        .map((row, context) -> map(row))
        .findOne();
  }

  List<UnsettledRow> of(List<String> jobs) {
    List<String> jobids = Columns.padded(jobs);
    return handle
        .select(
            "SELECT * FROM unsettled WHERE jobid IN (" + Columns.marks(jobids.size()) + ")",
            jobids.toArray())
        .map((row, context) -> map(row))
        .list();
  }

  /**
   * Everything due up to an instant is answered, by the agent that owned it or by a successor that
   * sees to the guarantee of the job. A successor leaves open whether the owner had run it.
   */
  void advance(UnsettledRow row, Instant at, boolean owner) {
    long millis = at.toEpochMilli();
    handle.execute(
        "UPDATE unsettled SET redoneat = CASE WHEN redoneat < ? THEN ? ELSE redoneat END"
            + (owner
                ? ", fromat = CASE WHEN fromat < %1$d THEN %1$d ELSE fromat END".formatted(millis)
                : "")
            + " WHERE jobid = ? AND span = ?",
        millis,
        millis,
        row.jobid(),
        row.span());
  }

  List<UnsettledRow> before(Instant since, int limit) {
    return handle
        .select(
            "SELECT * FROM unsettled WHERE since < ? ORDER BY since, jobid, span LIMIT ?",
            since.toEpochMilli(),
            limit)
        .map((row, context) -> map(row))
        .list();
  }

  /** Returns whether it was there. */
  boolean remove(String jobid, long span) {
    return handle.execute("DELETE FROM unsettled WHERE jobid = ? AND span = ?", jobid, span) == 1;
  }

  /**
   * The agent has told everything about a span that was ended without it: the guess that it was
   * lost is taken back. What was due before it took the job, or after it had given it back without
   * being heard, was nobody's; nothing is waited for any more, except for a successor that sees to
   * the guarantee of the job and runs it.
   */
  void settle(AssignmentRow span, Instant at) {
    Instant until = span.until();
    Instant told = took(span) ? at : span.from();
    handle.execute(
        "DELETE FROM gap WHERE jobid = ? AND firstat > ? AND lastat <= ? AND reason = ?",
        span.jobid(),
        span.from().toEpochMilli(),
        told.toEpochMilli(),
        GapReason.AGENT_LOST.name());
    if (until == null || !told.isBefore(until)) {
      remove(span.jobid(), span.span());
      return;
    }
    handle.execute(
        """
        UPDATE unsettled SET fromat = CASE WHEN fromat < ? THEN ? ELSE fromat END,
          since = CASE WHEN ? = 1 THEN since ELSE 0 END, reason = ? WHERE jobid = ? AND span = ?
        """,
        told.toEpochMilli(),
        told.toEpochMilli(),
        isRedone(span.jobid()) ? 1 : 0,
        GapReason.NO_AGENT.name(),
        span.jobid(),
        span.span());
  }

  private boolean isRedone(String jobid) {
    return JobRows.select(handle, "j.jobid = ?", jobid)
        .findOne()
        .filter(job -> job.definition().guarantee() != Guarantee.LEASED)
        .isPresent();
  }

  /** An agent may have died before it heard of a job. */
  private boolean took(AssignmentRow span) {
    return handle
        .select(
            "SELECT 1 FROM took WHERE jobid = ? AND span = ? AND agentkey = ? LIMIT 1",
            span.jobid(),
            span.span(),
            span.agentkey())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /**
   * A run that an agent was about to start when it was lost may never have started: a successor
   * that runs again what may be lost begins before it.
   */
  void beginBefore(String jobid, Instant fireat) {
    handle.execute(
        "UPDATE unsettled SET redoneat = ? WHERE jobid = ? AND redoneat >= ?",
        fireat.toEpochMilli() - 1,
        jobid,
        fireat.toEpochMilli());
  }

  private static UnsettledRow map(ResultSet row) throws SQLException {
    return new UnsettledRow(
        row.getString("jobid"),
        row.getLong("span"),
        row.getString("agentkey"),
        Columns.instant(row, "fromat"),
        Columns.instant(row, "toat"),
        Columns.instant(row, "since"),
        GapReason.valueOf(row.getString("reason")));
  }
}
