package io.cloudtask.store;

import io.cloudtask.model.rest.JobView;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs are doing: what changes with every run lies in narrow rows of its own, beside the
 * definitions. They are also what is locked to keep a job as it is.
 */
record JobStates(Handle handle) {
  void begin(String jobid, Instant fence) {
    handle.execute(
        """
        INSERT INTO job_state (jobid, laststat, lasterr, fault, unplaced, fenceat, heardat, prunedto)
        VALUES (?, ?, '', '', '', ?, 0, '')
        """,
        jobid,
        JobView.CREATED,
        fence.toEpochMilli());
  }

  void next(String jobid, @Nullable Instant at) {
    handle.execute("UPDATE job_state SET nextat = ? WHERE jobid = ?", Columns.millis(at), jobid);
  }

  void unplaced(Map<String, String> reasons) {
    List<@Nullable Object[]> rows =
        reasons.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                reason -> new @Nullable Object[] {reason.getKey(), Columns.text(reason.getValue())})
            .toList();
    new BulkUpdate(
            handle,
            "UPDATE job_state SET unplaced = v.column2 FROM %s WHERE jobid = v.column1",
            Types.VARCHAR,
            Types.VARCHAR)
        .execute(rows);
  }

  /** Why nobody can take a job, by job; of those that somebody can take there is nothing. */
  Map<String, String> unplaced() {
    return handle
        .select("SELECT jobid, unplaced FROM job_state WHERE unplaced <> ''")
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Somebody takes them: what was said of them is over. */
  void placed(List<String> jobids) {
    for (List<String> some : Columns.slices(jobids)) {
      Object[] ids = Columns.padded(some).toArray();
      handle.execute(
          "UPDATE job_state SET unplaced = '', fault = '' WHERE jobid IN (%s)"
              .formatted(Columns.marks(ids.length)),
          ids);
    }
  }

  /** Its agent owned it up to an instant. */
  void left(String jobid, Instant at) {
    handle.execute(
        """
        UPDATE job_state SET fault = '', fenceat = CASE WHEN fenceat < ? THEN ? ELSE fenceat END
        WHERE jobid = ?
        """,
        at.toEpochMilli(),
        at.toEpochMilli(),
        jobid);
  }

  /** Everything up to an instant is answered, when nobody holds it. */
  void fence(String jobid, Instant at) {
    handle.execute(
        """
        UPDATE job_state SET fenceat = ? WHERE jobid = ? AND fenceat < ? AND NOT EXISTS
          (SELECT 1 FROM assignment a WHERE a.jobid = job_state.jobid AND a.untilat IS NULL)
        """,
        at.toEpochMilli(),
        jobid,
        at.toEpochMilli());
  }
}
