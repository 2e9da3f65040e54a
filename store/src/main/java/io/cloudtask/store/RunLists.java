package io.cloudtask.store;

import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Searches runs: first their ids, by whichever index leads to them soonest. */
record RunLists(Handle handle) {
  private static final Set<RunState> ODD =
      EnumSet.of(
          RunState.FAILED, RunState.TIMED_OUT, RunState.STOPPED, RunState.LOST, RunState.CANCELLED);
  private static final Set<Trigger> BY_HAND =
      EnumSet.of(Trigger.CATCHUP, Trigger.MANUAL, Trigger.EXTERNAL);

  /** Up to so many jobs are looked at one by one; of more, runs are met soon enough. */
  private static final int FEW_JOBS = 64;

  Page<RunView> search(RunSearch search) {
    String order = search.ascending() ? "" : " DESC";
    String end = " ORDER BY r.runid" + order + " LIMIT " + (search.limit() + 1);
    List<String> few = fewJobs(search.about());
    List<RunView> runs =
        few == null ? scanned(search, end) : few.isEmpty() ? List.of() : merged(search, few, end);
    return runs.size() <= search.limit()
        ? new Page<>(runs, null)
        : new Page<>(
            List.copyOf(runs.subList(0, search.limit())), runs.get(search.limit() - 1).runid());
  }

  private List<RunView> scanned(RunSearch search, String end) {
    RunFilter filter = RunFilter.of(search.about());
    narrow(filter, search);
    return RunViews.select(handle, filter.sql() + end, filter.arguments());
  }

  /** The newest of each job, and of these the newest. */
  private List<RunView> merged(RunSearch search, List<String> jobids, String end) {
    List<Object> arguments = new ArrayList<>();
    String one = "";
    for (String jobid : Columns.padded(jobids)) {
      RunFilter filter = RunFilter.of(RunSearch.About.job(jobid));
      narrow(filter, search);
      one = "SELECT * FROM (SELECT r.runid FROM run r WHERE " + filter.sql() + end + ") part";
      arguments.addAll(List.of(filter.arguments()));
    }
    int parts = Columns.padded(jobids).size();
    String ids = String.join(" UNION ALL ", Collections.nCopies(parts, one));
    return RunViews.select(handle, "r.runid IN (" + ids + ")" + end, arguments.toArray());
  }

  /** The jobs of a place, deleted ones too; null when they are many, or any job is meant. */
  private @Nullable List<String> fewJobs(RunSearch.About about) {
    boolean anywhere = about.scope().everything() && about.runtime() == null;
    if (about.jobid() != null || anywhere) {
      return null;
    }
    Scope.Condition seen = about.scope().jobs("runtime", "grp");
    StringBuilder sql = new StringBuilder("SELECT jobid FROM job WHERE ").append(seen.sql());
    List<Object> arguments = new ArrayList<>(seen.arguments());
    if (about.runtime() != null) {
      sql.append(" AND runtime = ?");
      arguments.add(about.runtime());
    }
    if (about.group() != null) {
      sql.append(" AND grp = ?");
      arguments.add(about.group());
    }
    List<String> jobids =
        handle
            .select(sql.append(" LIMIT ").append(FEW_JOBS + 1).toString(), arguments.toArray())
            .mapTo(String.class)
            .list();
    return jobids.size() > FEW_JOBS ? null : jobids;
  }

  private static void narrow(RunFilter filter, RunSearch search) {
    if (search.agentkey() != null) {
      filter.and("r.agentkey = ?", search.agentkey());
    }
    if (search.from() != null) {
      filter.and("r.runid >= ?", RunTimes.prefix(search.from()));
    }
    if (search.to() != null) {
      filter.and("r.runid < ?", RunTimes.prefix(search.to()));
    }
    if (search.after() != null) {
      filter.and(search.ascending() ? "r.runid > ?" : "r.runid < ?", search.after());
    }
    states(filter, search.states());
    Set<Trigger> triggers = search.triggers();
    if (!triggers.isEmpty()) {
      filter.and("r.cause IN (" + words(triggers) + ")");
      if (BY_HAND.containsAll(triggers)) {
        filter.and("r.cause IN (" + words(BY_HAND) + ")");
      }
    }
  }

  /**
   * Leads to the partial indexes. A database uses one only when its condition is said word for
   * word; and the few runs that are going are looked up first, or SQLite would go through all runs
   * in the order that is asked for.
   */
  private static void states(RunFilter filter, Set<RunState> states) {
    if (states.isEmpty()) {
      return;
    }
    filter.and("r.state IN (" + words(states) + ")");
    if (states.stream().noneMatch(RunState::terminal)) {
      filter.and("r.runid IN (SELECT runid FROM run WHERE endedat IS NULL)");
    } else if (ODD.containsAll(states)) {
      filter.and("r.state IN (" + words(ODD) + ")");
    }
  }

  private static String words(Set<? extends Enum<?>> values) {
    return values.stream()
        .sorted()
        .map(value -> "'" + value.name() + "'")
        .collect(Collectors.joining(", "));
  }
}
