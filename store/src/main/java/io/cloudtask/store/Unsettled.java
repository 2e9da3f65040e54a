package io.cloudtask.store;

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

  List<UnsettledRow> of(List<String> jobids) {
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
   * lost is taken back. When it had given the job back before, without being heard, what was due
   * after that and up to the fence was nobody's; it has waited long enough.
   */
  void settle(AssignmentRow span, Instant at) {
    Instant until = span.until();
    handle.execute(
        """
        DELETE FROM gap WHERE jobid = ? AND firstat > ? AND lastat <= ? AND reason = ?
        """,
        span.jobid(),
        span.from().toEpochMilli(),
        Columns.millis(at),
        GapReason.AGENT_LOST.name());
    if (until == null || !at.isBefore(until)) {
      remove(span.jobid(), span.span());
    } else {
      handle.execute(
          "UPDATE unsettled SET fromat = ?, since = 0 WHERE jobid = ? AND span = ?",
          at.toEpochMilli(),
          span.jobid(),
          span.span());
    }
  }

  private static UnsettledRow map(ResultSet row) throws SQLException {
    return new UnsettledRow(
        row.getString("jobid"),
        row.getLong("span"),
        row.getString("agentkey"),
        Columns.instant(row, "fromat"),
        Columns.instant(row, "toat"),
        Columns.instant(row, "since"));
  }
}
