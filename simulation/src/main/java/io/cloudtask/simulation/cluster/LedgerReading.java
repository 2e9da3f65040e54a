package io.cloudtask.simulation.cluster;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written down in the store, read past it. */
final class LedgerReading {
  /** A row of the table of runs. */
  record RunLine(
      String runid,
      String jobid,
      String agentkey,
      String state,
      int attempt,
      @Nullable Instant fireat,
      @Nullable Instant endedat,
      boolean presumed) {}

  /** A row of the table of gaps. */
  record GapLine(String jobid, Instant first, Instant last, long instants, String reason) {
    boolean covers(Instant at) {
      return !at.isBefore(first) && !at.isAfter(last);
    }
  }

  /** A row of the table of assignments. */
  record SpanLine(
      String jobid,
      long span,
      String agentkey,
      Instant from,
      @Nullable Instant until,
      boolean fenced) {}

  /**
   * A range of which nobody knows.
   *
   * @param assigned when its span was given to the agent
   */
  record UnsettledLine(
      String jobid, long span, String agentkey, Instant from, Instant to, Instant assigned) {
    boolean covers(Instant at) {
      return at.isAfter(from) && !at.isAfter(to);
    }
  }

  private final SharedStore store;

  LedgerReading(SharedStore store) {
    this.store = store;
  }

  List<RunLine> runs() {
    return store.rows(
        "SELECT runid, jobid, agentkey, state, attempt, fireat, endedat, presumed FROM run"
            + " ORDER BY jobid, runid, attempt",
        row ->
            new RunLine(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                instant(row.getString(6)),
                instant(row.getString(7)),
                row.getInt(8) == 1));
  }

  List<GapLine> gaps() {
    return store.rows(
        "SELECT jobid, firstat, lastat, instants, reason FROM gap ORDER BY jobid, firstat",
        row ->
            new GapLine(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getLong(4),
                row.getString(5)));
  }

  List<SpanLine> spans() {
    return store.rows(
        "SELECT jobid, span, agentkey, fromat, untilat, fenced FROM assignment ORDER BY jobid,"
            + " span",
        row ->
            new SpanLine(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                instant(row.getString(5)),
                row.getInt(6) == 1));
  }

  List<UnsettledLine> unsettled() {
    return store.rows(
        "SELECT u.jobid, u.span, u.agentkey, u.fromat, u.toat, a.assignedat FROM unsettled u"
            + " JOIN assignment a ON a.jobid = u.jobid AND a.span = u.span"
            + " ORDER BY u.jobid, u.span",
        row ->
            new UnsettledLine(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6))));
  }

  /** Why nobody has a job; "" when it is not said. */
  String unplaced(String jobid) {
    return store
        .rows(
            "SELECT unplaced FROM job_state WHERE jobid = '" + jobid + "'", row -> row.getString(1))
        .getFirst();
  }

  /** The last sequence of an agent that is applied; 0 when it is not known. */
  long applied(String agentkey) {
    List<Long> applied =
        store.rows(
            "SELECT applied FROM agent WHERE agentkey = '" + agentkey + "'", row -> row.getLong(1));
    return applied.isEmpty() ? 0 : applied.getFirst();
  }

  private static @Nullable Instant instant(@Nullable String millis) {
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
