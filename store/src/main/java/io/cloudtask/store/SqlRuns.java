package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

record SqlRuns(Handle handle) implements Runs {
  private static final Set<RunState> ODD =
      EnumSet.of(
          RunState.FAILED, RunState.TIMED_OUT, RunState.STOPPED, RunState.LOST, RunState.CANCELLED);

  @Override
  public Optional<RunView> find(String runid) {
    return RunViews.select(handle, "r.runid = ?", runid).stream().findFirst();
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
    List<RunView> runs = RunViews.select(handle, condition.toString(), arguments.toArray());
    return runs.size() <= query.limit()
        ? new Page<>(runs, null)
        : new Page<>(
            List.copyOf(runs.subList(0, query.limit())), runs.get(query.limit() - 1).runid());
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
