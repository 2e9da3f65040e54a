package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

record SqlLedger(Handle handle) implements Ledger {
  @Override
  public Optional<RunView> run(String jobid, Instant fireat) {
    // Ids of runs begin with their fire time, so this looks at few rows of the index (jobid,
    // runid).
    String time = RunTimes.prefix(fireat);
    return RunViews.select(
            handle,
            """
            r.jobid = ? AND r.runid >= ? AND r.runid < ? AND r.fireat = ?
            ORDER BY r.attempt DESC LIMIT 1
            """,
            jobid,
            time,
            time + 'g',
            fireat.toEpochMilli())
        .stream()
        .findFirst();
  }

  @Override
  public Optional<GapRow> gap(String jobid, Instant at) {
    return handle
        .select(
            """
            SELECT * FROM gap WHERE jobid = ? AND firstat <= ? ORDER BY firstat DESC LIMIT 1
            """,
            jobid,
            at.toEpochMilli())
        .map((row, context) -> GapBook.map(row))
        .findOne()
        .filter(gap -> !gap.last().isBefore(at));
  }

  @Override
  public List<GapRow> gaps(String jobid, Instant from, Instant to, int limit) {
    return handle
        .select(
            """
            SELECT * FROM gap WHERE jobid = ? AND firstat <= ? AND lastat >= ?
            ORDER BY firstat LIMIT ?
            """,
            jobid,
            to.toEpochMilli(),
            from.toEpochMilli(),
            limit)
        .map((row, context) -> GapBook.map(row))
        .list();
  }

  @Override
  public Optional<InForce> inForce(String jobid, Instant fireat) {
    return handle
        .select(
            """
            SELECT * FROM took WHERE jobid = ? AND effectiveat < ?
            ORDER BY effectiveat DESC LIMIT 1
            """,
            jobid,
            fireat.toEpochMilli())
        .map((row, context) ->
            new InForce(
                row.getLong("version"),
                Columns.instant(row, "effectiveat"),
                row.getString("zone"),
                row.getString("agentkey")))
        .findOne();
  }

  @Override
  public Optional<Instant> cursor(String jobid) {
    return handle
        .select(
            """
            SELECT CASE WHEN cursorat IS NULL OR cursorat < fenceat THEN fenceat ELSE cursorat END
            FROM job WHERE jobid = ?
            """,
            jobid)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  @Override
  public void record(Fact.Gap gap) {
    GapBook gaps = new GapBook(handle);
    gaps.apply(gap);
    gaps.flush();
    JobMarks marks = new JobMarks(handle);
    marks.answered(gap.jobid(), gap.last());
    marks.flush();
  }

  void took(Fact.Took fact, String agentkey) {
    handle.execute(
        """
        INSERT INTO took (jobid, effectiveat, version, span, zone, agentkey) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (jobid, effectiveat) DO UPDATE SET version = excluded.version,
          span = excluded.span, zone = excluded.zone, agentkey = excluded.agentkey
        """,
        fact.jobid(),
        fact.effective().toEpochMilli(),
        fact.version(),
        fact.span(),
        fact.zone(),
        agentkey);
  }
}
