package io.cloudtask.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Conditions on runs or gaps {@code r} of jobs {@code j}, with their arguments. */
final class RunFilter {
  private final StringBuilder condition = new StringBuilder("1 = 1");
  private final List<Object> arguments = new ArrayList<>();
  private boolean joined;

  private RunFilter() {}

  /**
   * Those of some jobs. The place of a job is asked for in a way that keeps a database from
   * beginning with the jobs: it would have to sort all that they ever did.
   */
  static RunFilter of(RunSearch.About about) {
    RunFilter filter = new RunFilter();
    if (about.jobid() != null) {
      filter.and("r.jobid = ?", about.jobid());
    }
    if (about.runtime() != null) {
      filter.joined = true;
      filter.and("COALESCE(j.runtime, '') = ?", about.runtime());
    }
    if (about.group() != null) {
      filter.joined = true;
      filter.and("COALESCE(j.grp, '') = ?", about.group());
    }
    if (!about.scope().everything()) {
      filter.joined = true;
      Scope.Condition seen = about.scope().jobs("COALESCE(j.runtime, '')", "COALESCE(j.grp, '')");
      filter.and(seen.sql(), seen.arguments().toArray());
    }
    return filter;
  }

  /** What joins the jobs when they matter. */
  String join() {
    return joined ? " LEFT JOIN job j ON j.jobid = r.jobid" : "";
  }

  void and(String more, Object... values) {
    condition.append(" AND ").append(more);
    arguments.addAll(List.of(values));
  }

  /** Runs by the time that their ids begin with; the end is not included. */
  void between(Instant from, Instant to) {
    and("r.runid >= ? AND r.runid < ?", RunTimes.prefix(from), RunTimes.prefix(to));
  }

  String sql() {
    return condition.toString();
  }

  Object[] arguments() {
    return arguments.toArray();
  }
}
