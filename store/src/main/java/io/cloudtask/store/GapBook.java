package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Joins the gaps of one batch to the newest ones in the store: a gap that goes on where the newest
 * one of the same job, version and reason ended, with nothing answered in between, makes that
 * longer.
 */
final class GapBook {
  private record Id(String jobid, Instant first) {}

  private record Ran(String jobid, Instant fireat) {}

  private final Handle handle;
  private final List<Ran> ran = new ArrayList<>();
  private final Map<String, Optional<GapRow>> newest = new HashMap<>();
  private final Map<Id, GapRow> changed = new LinkedHashMap<>();

  GapBook(Handle handle) {
    this.handle = handle;
  }

  void apply(Fact.Gap fact) {
    GapRow gap =
        new GapRow(
            fact.jobid(), fact.version(), fact.first(), fact.last(), fact.count(), fact.reason());
    GapRow row =
        newest
            .computeIfAbsent(fact.jobid(), jobid -> newest(handle, jobid))
            .filter(n -> goesOn(n, fact))
            .map(n -> longer(n, gap))
            .orElse(gap);
    newest.put(fact.jobid(), Optional.of(row));
    changed.put(new Id(row.jobid(), row.first()), row);
  }

  /**
   * A gap of which some instants may have run on another agent meanwhile. Runs beat gaps, whatever
   * comes first: it counts those that have none, and stands alone.
   */
  void applyBesideRuns(Fact.Gap fact) {
    long count =
        fact.count() - RunTimes.ran(handle, fact.jobid(), fact.first(), fact.last()).size();
    if (count > 0) {
      put(fact, count);
    }
  }

  /** The same, where it is known that none of them ran. */
  void applyAlone(Fact.Gap fact) {
    put(fact, fact.count());
  }

  private void put(Fact.Gap fact, long count) {
    GapRow row =
        new GapRow(fact.jobid(), fact.version(), fact.first(), fact.last(), count, fact.reason());
    changed.put(new Id(row.jobid(), row.first()), row);
  }

  /** A fire time ran after all that may lie in a gap. */
  void ran(String jobid, Instant fireat) {
    ran.add(new Ran(jobid, fireat));
  }

  private void giveWay(Ran run) {
    long at = run.fireat.toEpochMilli();
    handle.execute(
        """
        UPDATE gap SET instants = instants - 1 WHERE jobid = ? AND firstat =
          (SELECT MAX(firstat) FROM gap WHERE jobid = ? AND firstat <= ? AND lastat >= ?)
        """,
        run.jobid,
        run.jobid,
        at,
        at);
    handle.execute(
        "DELETE FROM gap WHERE jobid = ? AND firstat <= ? AND lastat >= ? AND instants < 1",
        run.jobid,
        at,
        at);
  }

  private static boolean goesOn(GapRow newest, Fact.Gap fact) {
    return newest.last().equals(fact.after())
        && newest.version() == fact.version()
        && newest.reason() == fact.reason();
  }

  private static GapRow longer(GapRow a, GapRow b) {
    return new GapRow(
        a.jobid(), a.version(), a.first(), b.last(), a.count() + b.count(), a.reason());
  }

  void flush() {
    if (!changed.isEmpty()) {
      write();
    }
    ran.forEach(this::giveWay);
  }

  private void write() {
    try (var batch =
        handle.prepareBatch(
            """
            INSERT INTO gap (jobid, firstat, lastat, version, instants, reason)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (jobid, firstat) DO UPDATE SET lastat = excluded.lastat,
              version = excluded.version, instants = excluded.instants, reason = excluded.reason
            """)) {
      changed
          .values()
          .forEach(gap ->
              batch.add(
                  gap.jobid(),
                  gap.first().toEpochMilli(),
                  gap.last().toEpochMilli(),
                  gap.version(),
                  gap.count(),
                  gap.reason().name()));
      batch.execute();
    }
  }

  private static Optional<GapRow> newest(Handle handle, String jobid) {
    return handle
        .select("SELECT * FROM gap WHERE jobid = ? ORDER BY firstat DESC LIMIT 1", jobid)
        .map((row, context) -> map(row))
        .findOne();
  }

  static GapRow map(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    try {
      return new GapRow(
          row.getString("jobid"),
          row.getLong("version"),
          Columns.instant(row, "firstat"),
          Columns.instant(row, "lastat"),
          row.getLong("instants"),
          GapReason.valueOf(reason));
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "a gap of job %s in the store has the reason \"%s\", which this program does not know"
              .formatted(row.getString("jobid"), reason),
          e);
    }
  }
}
