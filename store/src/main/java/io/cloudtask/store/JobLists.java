package io.cloudtask.store;

import io.cloudtask.model.rest.JobState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Searches jobs: first their ids, in narrow rows, then what is shown of them. */
record JobLists(Handle handle) {
  private static final String PLACE = "j.runtime, j.grp, j.name";

  JobList search(JobSearch search) {
    JobFilter filter = narrowed(search.filter());
    if (search.after() != null) {
      filter.and(
          "(j.runtime, j.grp, j.name) > (?, ?, ?)", JobRows.position(search.after()).toArray());
    }
    List<String> ids =
        ids(filter, order(search), " LIMIT " + (search.limit() + 1) + " OFFSET " + search.offset());
    boolean more = ids.size() > search.limit();
    List<JobList.Entry> jobs = byId(more ? ids.subList(0, search.limit()) : ids);
    boolean usual = search.order() == JobSearch.Order.PLACE && !search.descending();
    String next = more && usual ? JobRows.position(jobs.getLast().job()) : null;
    return new JobList(jobs, next, counts(search.filter()));
  }

  private static JobFilter narrowed(JobSearch.Filter wanted) {
    JobFilter filter = JobFilter.of(wanted);
    JobState state = wanted.state();
    if (state != null) {
      filter.and(JobFilter.STATE + " = ?", state.name());
    }
    return filter;
  }

  private static String order(JobSearch search) {
    String direction = search.descending() ? " DESC" : "";
    if (search.order() == JobSearch.Order.PLACE) {
      return PLACE.replace(",", direction + ",") + direction;
    }
    String column = search.order().column;
    // Those without a value come last, on every database.
    return "CASE WHEN %s IS NULL THEN 1 ELSE 0 END, %s%s, %s"
        .formatted(column, column, direction, PLACE);
  }

  List<String> ids(JobSearch.Filter filter) {
    return ids(narrowed(filter), PLACE, "");
  }

  private List<String> ids(JobFilter filter, String order, String limit) {
    return handle
        .select(
            "SELECT j.jobid" + JobFilter.FROM + filter.sql() + " ORDER BY " + order + limit,
            filter.arguments())
        .mapTo(String.class)
        .list();
  }

  private Map<JobState, Long> counts(JobSearch.Filter wanted) {
    JobFilter filter = JobFilter.of(wanted);
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    handle
        .select(
            "SELECT state, COUNT(*) AS jobs FROM (SELECT "
                + JobFilter.STATE
                + " AS state"
                + JobFilter.FROM
                + filter.sql()
                + ") states GROUP BY state",
            filter.arguments())
        .map((row, context) ->
            Map.entry(JobState.valueOf(row.getString("state")), row.getLong("jobs")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  List<JobList.Entry> byId(List<String> jobids) {
    Map<String, JobList.Entry> found = new HashMap<>();
    for (List<String> slice : Columns.slices(jobids)) {
      List<String> some = Columns.padded(slice);
      JobRows.entries(handle, "j.jobid IN (" + Columns.marks(some.size()) + ")", some.toArray())
          .forEach(entry -> found.put(entry.job().jobid(), entry));
    }
    List<JobList.Entry> jobs = new ArrayList<>();
    jobids.stream().map(found::get).filter(Objects::nonNull).forEach(jobs::add);
    return jobs;
  }
}
