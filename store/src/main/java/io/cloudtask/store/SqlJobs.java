package io.cloudtask.store;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

record SqlJobs(Session session) implements Jobs {
  @Override
  public Written create(String jobid, JobDefinition definition, String user, Instant now) {
    Optional<Written> refusal = refusal(jobid, definition);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    long at = now.toEpochMilli();
    session
        .handle()
        .execute(
            """
            INSERT INTO job (jobid, runtime, grp, name, enabled, filename, servers, version, definition,
              createuser, createat, edituser, editat)
            VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
            """,
            jobid,
            definition.runtime(),
            definition.group(),
            definition.name(),
            Columns.flag(definition.enabled()),
            definition.filename(),
            Columns.json(definition.servers()),
            Columns.json(definition),
            user,
            at,
            user,
            at);
    new JobStates(session.handle()).begin(jobid, now);
    written(jobid, 1, definition, user, now);
    return new Written.Done(find(jobid).orElseThrow());
  }

  @Override
  public Written change(
      String jobid, long version, JobDefinition definition, String user, Instant now) {
    Optional<String> holder = new SqlAssignments(session).lockJob(jobid);
    Optional<Long> current = newest(jobid);
    if (current.isEmpty()) {
      return new Written.UnknownJob();
    }
    if (current.get() != version) {
      return new Written.Stale(current.get());
    }
    Optional<Written> refusal = refusal(jobid, definition);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    session
        .handle()
        .execute(
            """
            UPDATE job SET runtime = ?, grp = ?, name = ?, enabled = ?, filename = ?, servers = ?,
              version = ?, definition = ?, edituser = ?, editat = ? WHERE jobid = ?
            """,
            definition.runtime(),
            definition.group(),
            definition.name(),
            Columns.flag(definition.enabled()),
            definition.filename(),
            Columns.json(definition.servers()),
            version + 1,
            Columns.json(definition),
            user,
            now.toEpochMilli(),
            jobid);
    written(jobid, version + 1, definition, user, now);
    holder.ifPresent(session::raiseAgent);
    return new Written.Done(find(jobid).orElseThrow());
  }

  private Optional<Long> newest(String jobid) {
    return session
        .handle()
        .select("SELECT version FROM job WHERE jobid = ? AND deletedat IS NULL", jobid)
        .mapTo(Long.class)
        .findOne();
  }

  private Optional<Written> refusal(String jobid, JobDefinition definition) {
    if (!new SqlRuntimes(session).lock(definition.runtime())) {
      return Optional.of(new Written.UnknownRuntime());
    }
    return session
        .handle()
        .select(
            """
            SELECT jobid FROM job
            WHERE runtime = ? AND grp = ? AND name = ? AND deletedat IS NULL AND jobid <> ?
            """,
            definition.runtime(),
            definition.group(),
            definition.name(),
            jobid)
        .mapTo(String.class)
        .findOne()
        .map(Written.NameTaken::new);
  }

  private void written(
      String jobid, long version, JobDefinition definition, String user, Instant now) {
    session
        .handle()
        .execute(
            """
            INSERT INTO job_version (jobid, version, filename, definition, edituser, editat)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            jobid,
            version,
            definition.filename(),
            Columns.json(definition),
            user,
            now.toEpochMilli());
    session.raiseRuntime(definition.runtime());
  }

  @Override
  public Optional<JobRow> delete(String jobid, String user, Instant now) {
    Optional<String> holder = new SqlAssignments(session).lockJob(jobid);
    Optional<JobRow> job = find(jobid);
    job.ifPresent(row -> {
      new SqlAssignments(session).close(jobid, now);
      holder.ifPresent(session::raiseAgent);
      session.raiseRuntime(row.definition().runtime());
      session
          .handle()
          .execute(
              "UPDATE job SET deletedat = ?, edituser = ? WHERE jobid = ?",
              now.toEpochMilli(),
              user,
              jobid);
    });
    return job;
  }

  @Override
  public Optional<JobRow> lock(String jobid) {
    var _ = new SqlAssignments(session).lockJob(jobid);
    return find(jobid);
  }

  @Override
  public Optional<JobRow> find(String jobid) {
    return JobRows.select(session.handle(), "j.jobid = ?", jobid).findOne();
  }

  @Override
  public Optional<JobRow> find(String runtime, String group, String name) {
    return JobRows.select(
            session.handle(), "j.runtime = ? AND j.grp = ? AND j.name = ?", runtime, group, name)
        .findOne();
  }

  @Override
  public Optional<Place> place(String jobid) {
    return session
        .handle()
        .select("SELECT runtime, grp FROM job WHERE jobid = ?", jobid)
        .map((row, context) -> new Place(row.getString("runtime"), row.getString("grp")))
        .findOne();
  }

  @Override
  public List<JobRow> named(Scope scope, String name) {
    Scope.Condition seen = scope.jobs("j.runtime", "j.grp");
    return JobRows.select(
            session.handle(),
            seen.sql() + " AND j.name = ? ORDER BY j.runtime, j.grp LIMIT 100",
            seen.with(name))
        .list();
  }

  @Override
  public Page<JobRow> list(JobQuery query) {
    return JobRows.page(session.handle(), query);
  }

  @Override
  public long count(Scope scope, @Nullable String runtime) {
    Scope.Condition seen = scope.jobs("runtime", "grp");
    String sql = "SELECT COUNT(*) FROM job WHERE deletedat IS NULL AND " + seen.sql();
    return (runtime == null
            ? session.handle().select(sql, seen.with())
            : session.handle().select(sql + " AND runtime = ?", seen.with(runtime)))
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<VersionRow> versions(String jobid) {
    return session
        .handle()
        .select("SELECT * FROM job_version WHERE jobid = ? ORDER BY version", jobid)
        .map((row, context) -> version(row))
        .list();
  }

  @Override
  public Optional<VersionRow> version(String jobid, long version) {
    return session
        .handle()
        .select("SELECT * FROM job_version WHERE jobid = ? AND version = ?", jobid, version)
        .map((row, context) -> version(row))
        .findOne();
  }

  @Override
  public Optional<VersionRow> versionAt(String jobid, Instant at) {
    return session
        .handle()
        .select(
            """
            SELECT * FROM job_version WHERE jobid = ? AND editat <= ? ORDER BY version DESC LIMIT 1
            """,
            jobid,
            at.toEpochMilli())
        .map((row, context) -> version(row))
        .findOne();
  }

  private static VersionRow version(ResultSet row) throws SQLException {
    String jobid = row.getString("jobid");
    long version = row.getLong("version");
    return new VersionRow(
        jobid,
        version,
        JobRows.definition(row, jobid, version),
        row.getString("edituser"),
        Columns.instant(row, "editat"));
  }

  @Override
  public List<JobFile> files(String jobid) {
    return session
        .handle()
        .select(
            """
            SELECT filename, MIN(editat) AS createat FROM job_version
            WHERE jobid = ? AND filename <> '' GROUP BY filename ORDER BY MIN(version) DESC
            """,
            jobid)
        .map((row, context) ->
            new JobFile(row.getString("filename"), Columns.instant(row, "createat")))
        .list();
  }

  /**
   * Read as they lie in their table, then sorted: in the order of an index, each row is a page to
   * find. That is why no column stands here as an index knows it.
   */
  @Override
  public List<Placeable> placeable() {
    Map<String, String> unplaced = new JobStates(session.handle()).unplaced();
    return session
        .handle()
        .select(
            """
            SELECT jobid, runtime, servers FROM job
            WHERE +deletedat IS NULL ORDER BY jobid || ''
            """)
        .map((row, context) -> {
          String jobid = row.getString(1);
          return new Placeable(
              jobid,
              row.getString(2),
              servers(row.getString(3), jobid),
              unplaced.getOrDefault(jobid, ""));
        })
        .list();
  }

  /** Most jobs list none. */
  private static List<String> servers(String text, String jobid) {
    return text.equals("[]") ? List.of() : Columns.texts(text, "the host list of job " + jobid);
  }

  @Override
  public void next(String jobid, @Nullable Instant at) {
    new JobStates(session.handle()).next(jobid, at);
  }

  @Override
  public void unplaced(String jobid, String reason) {
    unplaced(Map.of(jobid, reason));
  }

  @Override
  public void unplaced(Map<String, String> reasons) {
    EventBook events = new EventBook(session.handle());
    events.unplaced(reasons, session.now());
    events.flush();
    new JobStates(session.handle()).unplaced(reasons);
  }

  @Override
  public void fence(String jobid, Instant at) {
    new JobStates(session.handle()).fence(jobid, at);
  }
}
