package io.cloudtask.store;

import io.cloudtask.model.rest.LastRun;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.TreeView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

record SqlOverviews(Handle handle, Session session) implements Overviews {
  private static final long INSTANTS_AT_MOST = 4_000_000_000_000L;

  @Override
  public JobList jobs(JobSearch search) {
    return new JobLists(handle).search(search);
  }

  @Override
  public List<JobList.Entry> jobs(List<String> jobids) {
    return new JobLists(handle).byId(jobids);
  }

  @Override
  public List<String> ids(JobSearch.Filter filter) {
    return new JobLists(handle).ids(filter);
  }

  @Override
  public List<Enabled> enabled() {
    return handle
        .select("SELECT jobid, version FROM job WHERE deletedat IS NULL AND enabled = 1")
        .map((row, context) -> new Enabled(row.getString("jobid"), row.getLong("version")))
        .list();
  }

  @Override
  public Map<String, List<LastRun>> lastRuns(Collection<String> jobids, int each) {
    return new LastRuns(handle).of(jobids, each);
  }

  @Override
  public List<TreeView> tree(Scope scope) {
    Map<String, List<TreeView.Group>> groups = new LinkedHashMap<>();
    Scope.Condition runtimes = scope.runtimes("name");
    handle
        .select(
            "SELECT name FROM runtime WHERE deletedat IS NULL AND "
                + runtimes.sql()
                + " ORDER BY name",
            runtimes.with())
        .mapTo(String.class)
        .forEach(name -> groups.put(name, new ArrayList<>()));
    JobFilter jobs = JobFilter.of(JobSearch.Filter.all(scope));
    handle
        .select(
            "SELECT j.runtime, j.grp, COUNT(*) AS jobs, SUM(CASE WHEN "
                + JobFilter.STATE
                + " IN ('FAILED', 'UNPLACED') THEN 1 ELSE 0 END) AS failing"
                + JobFilter.FROM
                + jobs.sql()
                + " GROUP BY j.runtime, j.grp ORDER BY j.runtime, j.grp",
            jobs.arguments())
        .map((row, context) ->
            Map.entry(
                row.getString("runtime"),
                new TreeView.Group(
                    row.getString("grp"), row.getLong("jobs"), row.getLong("failing"))))
        .forEach(entry ->
            groups
                .computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                .add(entry.getValue()));
    return groups.entrySet().stream()
        .map(entry ->
            new TreeView(
                entry.getKey(),
                entry.getValue().stream().mapToLong(TreeView.Group::jobs).sum(),
                entry.getValue().stream().mapToLong(TreeView.Group::failing).sum(),
                entry.getValue()))
        .toList();
  }

  @Override
  public List<RunCount> histogram(
      RunSearch.About about, Instant first, Instant end, Duration width) {
    RunFilter filter = RunFilter.of(about);
    filter.between(first, end);
    // Written out, because a database can't know that a parameter in both places is the same.
    String bucket =
        "(COALESCE(r.fireat, r.grantedat) - %d) / %d"
            .formatted(first.toEpochMilli(), width.toMillis());
    return handle
        .select(
            "SELECT "
                + bucket
                + " AS bucket, r.state, COUNT(*) AS runs FROM run r"
                + filter.join()
                + " WHERE "
                + filter.sql()
                + " GROUP BY "
                + bucket
                + ", r.state",
            filter.arguments())
        .map((row, context) ->
            new RunCount(
                row.getInt("bucket"),
                RunState.valueOf(row.getString("state")),
                row.getLong("runs")))
        .list();
  }

  @Override
  public List<Gap> gaps(RunSearch.About about, Instant from, Instant to, int limit) {
    RunFilter filter = RunFilter.of(about);
    filter.and("r.lastat >= ?", from.toEpochMilli());
    filter.and("r.firstat <= ?", Math.min(INSTANTS_AT_MOST, to.toEpochMilli()));
    return gaps(filter, about.jobid() == null ? "r.lastat" : "r.firstat", limit);
  }

  @Override
  public List<Gap> gaps(Scope scope, Collection<GapReason> reasons, Instant from, int limit) {
    RunFilter filter = RunFilter.of(RunSearch.About.any(scope));
    filter.and("r.lastat >= ?", from.toEpochMilli());
    filter.and(
        reasons.stream()
            .map(reason -> "'" + reason.name() + "'")
            .collect(Collectors.joining(", ", "r.reason IN (", ")")));
    filter.and("j.deletedat IS NULL");
    return gaps(filter, "r.lastat", limit);
  }

  private List<Gap> gaps(RunFilter filter, String order, int limit) {
    return handle
        .select(
            "SELECT r.*, COALESCE(j.name, '') AS jobname FROM gap r"
                + " LEFT JOIN job j ON j.jobid = r.jobid WHERE "
                + filter.sql()
                + " ORDER BY "
                + order
                + " DESC LIMIT "
                + limit,
            filter.arguments())
        .map((row, context) -> new Gap(GapBook.map(row), row.getString("jobname")))
        .list();
  }

  @Override
  public List<RunView> late(Scope scope, Instant from, Duration late, int limit) {
    RunFilter filter = RunFilter.of(RunSearch.About.any(scope));
    filter.and("r.runid >= ?", RunTimes.prefix(from));
    filter.and("r.startedat - r.fireat > ?", late.toMillis());
    return RunViews.select(
        handle, filter.sql() + " ORDER BY r.runid DESC LIMIT " + limit, filter.arguments());
  }

  @Override
  public List<Held> assignments(Scope scope, String runtime) {
    Scope.Condition seen = scope.jobs("j.runtime", "j.grp");
    return handle
        .select(
            """
            SELECT j.jobid, j.name, j.grp, a.agentkey, a.assignedat, s.unplaced
            FROM job j JOIN job_state s ON s.jobid = j.jobid
            LEFT JOIN assignment a ON a.jobid = j.jobid AND a.untilat IS NULL
            WHERE %s AND j.runtime = ? AND j.deletedat IS NULL ORDER BY j.grp, j.name
            """
                .formatted(seen.sql()),
            seen.with(runtime))
        .map((row, context) -> held(row))
        .list();
  }

  private static Held held(ResultSet row) throws SQLException {
    return new Held(
        row.getString("jobid"),
        row.getString("name"),
        row.getString("grp"),
        row.getString("agentkey"),
        Columns.instantOrNull(row, "assignedat"),
        row.getString("unplaced"));
  }

  @Override
  public List<Hit> search(Scope scope, String text, int each) {
    return new Hits(handle, scope).of(text, each);
  }

  @Override
  public Sizes sizes() {
    return new Sizes(
        session.bytes(),
        number("SELECT COUNT(*) FROM run"),
        number("SELECT COUNT(*) FROM job WHERE deletedat IS NULL"),
        number("SELECT COALESCE(SUM(size), 0) FROM content"));
  }

  private long number(String sql) {
    return handle.select(sql).mapTo(Long.class).one();
  }

  @Override
  public Marks marks() {
    return new Marks(
        number("SELECT COALESCE(SUM(revision), 0) + COUNT(*) FROM runtime"),
        number("SELECT COALESCE(SUM(applied), 0) FROM agent"),
        number(
            """
            SELECT COALESCE(SUM(revision + acknowledged + isonline + draining + retired + fit
              + capacity + COALESCE(fencedat, 0)), 0) + COUNT(*) FROM agent
            """),
        number("SELECT COUNT(*) FROM package"),
        handle.select("SELECT COALESCE(MAX(id), '') FROM audit").mapTo(String.class).one());
  }
}
