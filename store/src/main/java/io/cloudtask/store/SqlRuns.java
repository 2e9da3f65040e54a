package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

record SqlRuns(Session session) implements Runs {
  @Override
  public Optional<RunView> find(String runid) {
    return RunViews.select(session.handle(), "r.runid = ?", runid).stream().findFirst();
  }

  @Override
  public Page<RunView> list(RunQuery query) {
    return search(
        new RunSearch(
            new RunSearch.About(query.scope(), query.jobid(), null, null),
            query.agentkey(),
            query.states(),
            Set.of(),
            null,
            null,
            false,
            query.limit(),
            query.after()));
  }

  @Override
  public Page<RunView> search(RunSearch search) {
    return new RunLists(session.handle()).search(search);
  }

  @Override
  public int presumeLost(Instant fencedBefore, int limit, Instant now) {
    List<RunRow> runs = new ArrayList<>();
    for (String agentkey : fenced(fencedBefore)) {
      runs.addAll(open(agentkey, limit - runs.size()));
    }
    String why = "its agent was lost, and has not come back to tell how it ended";
    List<RunRow> lost = runs.stream().map(run -> run.presumedLost(now, why)).toList();
    new RunTable(session.handle()).update(lost);
    EventBook events = new EventBook(session.handle());
    lost.forEach(events::ended);
    events.flush();
    JobMarks marks = new JobMarks(session);
    runs.forEach(run ->
        marks.ended(new Fact.Ended(run.jobid(), run.runid(), RunState.LOST, null, null, now, why)));
    marks.flush();
    return runs.size();
  }

  /** Locked, so that none of them tells of its runs at the same time. */
  private List<String> fenced(Instant before) {
    return session
        .handle()
        .select(
            session.locked("SELECT agentkey FROM agent WHERE fencedat < ? ORDER BY agentkey"),
            before.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  private List<RunRow> open(String agentkey, int limit) {
    return session
        .handle()
        .select(
            """
            SELECT * FROM run WHERE endedat IS NULL AND agentkey = ? ORDER BY jobid, runid LIMIT ?
            """,
            agentkey,
            limit)
        .map((row, context) -> RunRow.map(row))
        .list();
  }
}
