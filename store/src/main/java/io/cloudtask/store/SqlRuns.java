package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

record SqlRuns(Session session) implements Runs {
  private static final Set<RunState> ODD =
      EnumSet.of(
          RunState.FAILED, RunState.TIMED_OUT, RunState.STOPPED, RunState.LOST, RunState.CANCELLED);

  @Override
  public Optional<RunView> find(String runid) {
    return RunViews.select(session.handle(), "r.runid = ?", runid).stream().findFirst();
  }

  @Override
  public Page<RunView> list(RunQuery query) {
    StringBuilder condition = new StringBuilder("1 = 1");
    List<Object> arguments = new ArrayList<>();
    if (query.jobid() != null) {
      condition.append(" AND r.jobid = ?");
      arguments.add(query.jobid());
    }
    if (query.agentkey() != null) {
      condition.append(" AND r.agentkey = ?");
      arguments.add(query.agentkey());
    }
    if (query.after() != null) {
      condition.append(" AND r.runid < ?");
      arguments.add(query.after());
    }
    condition.append(states(query.states()));
    condition.append(" ORDER BY r.runid DESC LIMIT ").append(query.limit() + 1);
    List<RunView> runs =
        RunViews.select(session.handle(), condition.toString(), arguments.toArray());
    return runs.size() <= query.limit()
        ? new Page<>(runs, null)
        : new Page<>(
            List.copyOf(runs.subList(0, query.limit())), runs.get(query.limit() - 1).runid());
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

  /**
   * Leads to the partial indexes. A database uses one only when its condition is said word for
   * word; and the few runs that are going are looked up first, or SQLite would go through all runs
   * in the order that is asked for.
   */
  private static String states(Set<RunState> states) {
    if (states.isEmpty()) {
      return "";
    }
    String condition = " AND r.state IN (" + words(EnumSet.copyOf(states)) + ")";
    if (states.stream().noneMatch(RunState::terminal)) {
      return condition + " AND r.runid IN (SELECT runid FROM run WHERE endedat IS NULL)";
    }
    return ODD.containsAll(states) ? condition + " AND r.state IN (" + words(ODD) + ")" : condition;
  }

  private static String words(Set<RunState> states) {
    return states.stream().map(s -> "'" + s.name() + "'").collect(Collectors.joining(", "));
  }
}
