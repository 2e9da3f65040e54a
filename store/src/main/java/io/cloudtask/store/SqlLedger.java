package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record SqlLedger(Session session) implements Ledger {
  @Override
  public Optional<RunView> run(String jobid, Instant fireat) {
    // Ids of runs begin with their fire time, so this looks at few rows of the index (jobid,
    // runid).
    String time = RunTimes.prefix(fireat);
    return RunViews.select(
            session.handle(),
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

  /** A guess that an agent was lost may lie under what it tells when it comes back. */
  @Override
  public Optional<GapRow> gap(String jobid, Instant at) {
    return newest(jobid, at, "").or(() -> newest(jobid, at, " AND reason = 'AGENT_LOST'"));
  }

  private Optional<GapRow> newest(String jobid, Instant at, String condition) {
    return session
        .handle()
        .select(
            "SELECT * FROM gap WHERE jobid = ? AND firstat <= ?"
                + condition
                + " ORDER BY firstat DESC LIMIT 1",
            jobid,
            at.toEpochMilli())
        .map((row, context) -> GapBook.map(row))
        .findOne()
        .filter(gap -> !gap.last().isBefore(at));
  }

  @Override
  public List<GapRow> gaps(String jobid, Instant from, Instant to, int limit) {
    return session
        .handle()
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
    return session
        .handle()
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
    return session
        .handle()
        .select(
            """
            SELECT CASE WHEN cursorat IS NULL OR cursorat < fenceat THEN fenceat ELSE cursorat END
            FROM job_state WHERE jobid = ?
            """,
            jobid)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  @Override
  public void record(Fact.Gap gap) {
    GapBook gaps = new GapBook(session.handle());
    gaps.apply(gap);
    gaps.flush();
    JobMarks marks = new JobMarks(session);
    marks.answered(gap.jobid(), gap.last());
    marks.flush();
    missed(List.of(gap), "");
  }

  @Override
  public Optional<UnsettledRow> unsettled(String jobid, Instant at) {
    return new Unsettled(session.handle()).at(jobid, at);
  }

  @Override
  public List<UnsettledRow> unsettledBefore(Instant since, int limit) {
    return new Unsettled(session.handle()).before(since, limit);
  }

  @Override
  public List<Instant> ran(String jobid, Instant first, Instant last) {
    return RunTimes.ran(session.handle(), jobid, first, last);
  }

  @Override
  public boolean lost(UnsettledRow row, List<Fact.Gap> gaps) {
    new SqlAgents(session).lock(row.agentkey()); // it may tell at this very moment
    if (!new Unsettled(session.handle()).remove(row.jobid(), row.span())) {
      return false;
    }
    GapBook book = new GapBook(session.handle());
    gaps.forEach(book::applyAlone);
    book.flush();
    missed(gaps, row.agentkey());
    return true;
  }

  private void missed(List<Fact.Gap> gaps, String agentkey) {
    EventBook events = new EventBook(session.handle());
    gaps.forEach(gap -> events.missed(gap, agentkey));
    events.flush();
  }

  void took(Fact.Took fact, String agentkey) {
    session
        .handle()
        .execute(
            """
            INSERT INTO took (jobid, effectiveat, version, span, zone, agentkey) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (jobid, effectiveat) DO UPDATE SET version = excluded.version,
              span = excluded.span, zone = excluded.zone, agentkey = excluded.agentkey
            """,
            fact.jobid(),
            fact.effective().toEpochMilli(),
            fact.version(),
            fact.span(),
            Columns.text(fact.zone()),
            agentkey);
  }
}
