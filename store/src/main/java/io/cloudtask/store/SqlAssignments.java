package io.cloudtask.store;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.model.wire.Alloc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

record SqlAssignments(Handle handle) implements Assignments {
  @Override
  public Optional<AssignmentRow> assign(String jobid, String agentkey, Instant now) {
    int inserted =
        handle.execute(
            """
            INSERT INTO assignment (jobid, span, agentkey, version, fromat, assignedat)
            SELECT j.jobid, (SELECT COALESCE(MAX(span), 0) + 1 FROM assignment WHERE jobid = j.jobid),
              g.agentkey, j.version, j.fenceat, ?
            FROM job j, agent g
            WHERE j.jobid = ? AND j.deletedat IS NULL AND g.agentkey = ? AND NOT EXISTS
              (SELECT 1 FROM assignment a WHERE a.jobid = j.jobid AND a.untilat IS NULL)
            """,
            now.toEpochMilli(),
            jobid,
            agentkey);
    if (inserted == 0) {
      return Optional.empty();
    }
    handle.execute("UPDATE job SET unplaced = '', fault = '' WHERE jobid = ?", jobid);
    raise(agentkey);
    raiseRuntime(jobid);
    return open(jobid);
  }

  @Override
  public Optional<String> recall(String jobid, Instant now) {
    Optional<String> holder =
        open(jobid).filter(a -> a.recalled() == null).map(AssignmentRow::agentkey);
    holder.ifPresent(key -> {
      handle.execute(
          "UPDATE assignment SET recalledat = ? WHERE jobid = ? AND untilat IS NULL",
          now.toEpochMilli(),
          jobid);
      raise(key);
      raiseRuntime(jobid);
    });
    return holder;
  }

  /** Ends the open assignment of a job that is deleted. */
  void close(String jobid, Instant now) {
    raiseHolder(jobid);
    handle.execute(
        "UPDATE assignment SET untilat = ? WHERE jobid = ? AND untilat IS NULL",
        now.toEpochMilli(),
        jobid);
  }

  /** An agent says up to when it owned a span; only the open one that it names is closed. */
  void dropped(String jobid, long span, String agentkey, Instant at) {
    Optional<AssignmentRow> held =
        open(jobid).filter(a -> a.span() == span && a.agentkey().equals(agentkey));
    if (held.isEmpty()) {
      return;
    }
    long millis = at.toEpochMilli();
    handle.execute(
        "UPDATE assignment SET untilat = ? WHERE jobid = ? AND span = ?", millis, jobid, span);
    handle.execute(
        """
        UPDATE job SET fault = '', fenceat = CASE WHEN fenceat < ? THEN ? ELSE fenceat END
        WHERE jobid = ?
        """,
        millis,
        millis,
        jobid);
    raiseRuntime(jobid);
    if (held.get().recalled() == null) {
      raise(agentkey);
    }
  }

  /** Notes that the definition of a job changed for the agent that holds it. */
  void raiseHolder(String jobid) {
    open(jobid).ifPresent(a -> raise(a.agentkey()));
  }

  private void raise(String agentkey) {
    handle.execute("UPDATE agent SET revision = revision + 1 WHERE agentkey = ?", agentkey);
  }

  private void raiseRuntime(String jobid) {
    handle.execute(
        """
        UPDATE runtime SET revision = revision + 1
        WHERE name = (SELECT runtime FROM job WHERE jobid = ?)
        """,
        jobid);
  }

  @Override
  public Optional<AssignmentRow> open(String jobid) {
    return handle
        .select("SELECT * FROM assignment WHERE jobid = ? AND untilat IS NULL", jobid)
        .map((row, context) -> map(row))
        .findOne();
  }

  @Override
  public List<AssignmentRow> open() {
    return handle
        .select("SELECT * FROM assignment WHERE untilat IS NULL ORDER BY jobid")
        .map((row, context) -> map(row))
        .list();
  }

  @Override
  public List<AssignmentRow> history(String jobid) {
    return handle
        .select("SELECT * FROM assignment WHERE jobid = ? ORDER BY span", jobid)
        .map((row, context) -> map(row))
        .list();
  }

  private static AssignmentRow map(ResultSet row) throws SQLException {
    return new AssignmentRow(
        row.getString("jobid"),
        row.getLong("span"),
        row.getString("agentkey"),
        row.getLong("version"),
        Columns.instant(row, "fromat"),
        Columns.instant(row, "assignedat"),
        Columns.instantOrNull(row, "recalledat"),
        Columns.instantOrNull(row, "untilat"));
  }

  @Override
  public Optional<JobSet> jobSet(String agentkey) {
    return handle
        .select("SELECT revision FROM agent WHERE agentkey = ?", agentkey)
        .mapTo(Long.class)
        .findOne()
        .map(revision -> new JobSet(revision, jobs(agentkey)));
  }

  private List<AssignedJob> jobs(String agentkey) {
    return handle
        .select(
            """
            SELECT a.jobid, a.span, a.fromat, a.assignedat, j.version, j.definition,
              c.sha256, c.size
            FROM assignment a JOIN job j ON j.jobid = a.jobid
            LEFT JOIN package p ON p.name = j.filename
            LEFT JOIN content c ON c.sha256 = p.sha256
            WHERE a.agentkey = ? AND a.untilat IS NULL AND a.recalledat IS NULL ORDER BY a.jobid
            """,
            agentkey)
        .map((row, context) -> assigned(row))
        .list();
  }

  private static AssignedJob assigned(ResultSet row) throws SQLException {
    String jobid = row.getString("jobid");
    long version = row.getLong("version");
    JobDefinition definition = JobRows.definition(row, jobid, version);
    String sha256 = row.getString("sha256");
    return new AssignedJob(
        jobid,
        row.getLong("span"),
        Columns.instant(row, "fromat"),
        Columns.instant(row, "assignedat"),
        version,
        definition,
        sha256 == null ? null : new PackageRef(definition.filename(), sha256, row.getLong("size")));
  }

  @Override
  public Alloc alloc(String runtime, @Nullable String server) {
    long version =
        handle
            .select("SELECT revision FROM runtime WHERE name = ?", runtime)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    String sql =
        """
        SELECT j.jobid, j.version, j.name, COALESCE(g.agentkey, '') AS agentkey,
          COALESCE(g.ipaddr, '') AS ipaddr, COALESCE(g.hostname, '') AS hostname
        FROM job j LEFT JOIN assignment a ON a.jobid = j.jobid AND a.untilat IS NULL
        LEFT JOIN agent g ON g.agentkey = a.agentkey
        WHERE j.runtime = ? AND j.deletedat IS NULL
        """;
    return new Alloc(
        runtime,
        version,
        (server == null
                ? handle.select(sql + " ORDER BY j.jobid", runtime)
                : handle.select(
                    sql + " AND (g.ipaddr = ? OR g.hostname = ?) ORDER BY j.jobid",
                    runtime,
                    server,
                    server))
            .map((row, context) -> entry(row))
            .list());
  }

  private static Alloc.Entry entry(ResultSet row) throws SQLException {
    return new Alloc.Entry(
        row.getString("jobid"),
        row.getString("agentkey"),
        row.getLong("version"),
        row.getString("name"),
        row.getString("ipaddr"),
        row.getString("hostname"));
  }
}
