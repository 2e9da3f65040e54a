package io.cloudtask.store;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.JobState;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.Page;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** Selects jobs that are not deleted, with their holder. */
final class JobRows {
  private static final String SELECT =
      "SELECT "
          + JobFilter.STATE
          + """
           AS state, j.*, s.*, a.agentkey FROM job j JOIN job_state s ON s.jobid = j.jobid
          LEFT JOIN assignment a ON a.jobid = j.jobid AND a.untilat IS NULL
          WHERE j.deletedat IS NULL AND
          """;

  private JobRows() {}

  static ResultIterable<JobRow> select(Handle handle, String condition, Object... arguments) {
    return handle.select(SELECT + condition, arguments).map((row, context) -> map(row));
  }

  static ResultIterable<JobList.Entry> entries(
      Handle handle, String condition, Object... arguments) {
    return handle
        .select(SELECT + condition, arguments)
        .map((row, context) ->
            new JobList.Entry(map(row), JobState.valueOf(row.getString("state"))));
  }

  static Page<JobRow> page(Handle handle, JobQuery query) {
    Scope.Condition seen = query.scope().jobs("j.runtime", "j.grp");
    StringBuilder condition = new StringBuilder(seen.sql());
    List<Object> arguments = new ArrayList<>(seen.arguments());
    if (query.runtime() != null) {
      condition.append(" AND j.runtime = ?");
      arguments.add(query.runtime());
    }
    if (query.group() != null) {
      condition.append(" AND j.grp = ?");
      arguments.add(query.group());
    }
    if (query.name() != null) {
      condition.append(" AND LOWER(j.name) LIKE ? ESCAPE '!'");
      arguments.add(JobFilter.part(query.name()));
    }
    if (query.after() != null) {
      condition.append(" AND (j.runtime, j.grp, j.name) > (?, ?, ?)");
      arguments.addAll(position(query.after()));
    }
    condition.append(" ORDER BY j.runtime, j.grp, j.name LIMIT ").append(query.limit() + 1);
    List<JobRow> rows = select(handle, condition.toString(), arguments.toArray()).list();
    return rows.size() <= query.limit()
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, query.limit()), position(rows.get(query.limit() - 1)));
  }

  static String position(JobRow job) {
    JobDefinition d = job.definition();
    String text = String.join("\0", d.runtime(), d.group(), d.name());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> position(String after) {
    String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
    List<String> parts = List.of(text.split("\0", -1));
    if (parts.size() != 3) {
      throw new IllegalArgumentException("after is not the end of a page of jobs: " + after);
    }
    return parts;
  }

  static JobDefinition definition(ResultSet row, String jobid, long version) throws SQLException {
    return Columns.json(
        row.getString("definition"),
        JobDefinition.class,
        "version %d of job %s".formatted(version, jobid));
  }

  private static JobRow map(ResultSet row) throws SQLException {
    String jobid = row.getString("jobid");
    long version = row.getLong("version");
    Status status = Status.of(row);
    return new JobRow(
        jobid,
        version,
        definition(row, jobid, version),
        status.stat,
        status.error,
        Columns.instantOrNull(row, "execat"),
        Columns.instantOrNull(row, "nextat"),
        Columns.instant(row, "fenceat"),
        row.getString("agentkey"),
        row.getString("createuser"),
        Columns.instant(row, "createat"),
        row.getString("edituser"),
        Columns.instant(row, "editat"));
  }

  /** What is said of a job when several things could be: see {@link JobRow#stat}. */
  private record Status(int stat, String error) {
    static Status of(ResultSet row) throws SQLException {
      int last = row.getInt("laststat");
      if (last == JobView.RUNNING) {
        return new Status(last, "");
      }
      String unplaced = row.getString("unplaced");
      if (!unplaced.isEmpty()) {
        return new Status(JobView.REALLOCATING, unplaced);
      }
      String fault = row.getString("fault");
      return fault.isEmpty()
          ? new Status(last, row.getString("lasterr"))
          : new Status(JobView.FAILED, fault);
    }
  }
}
