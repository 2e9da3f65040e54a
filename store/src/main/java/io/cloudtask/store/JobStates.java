package io.cloudtask.store;

import io.cloudtask.model.rest.JobView;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /** Somebody takes them. */
  void placed(List<String> jobids) {
    handle.execute(
        "UPDATE job_state SET unplaced = '', fault = '' WHERE (unplaced <> '' OR fault <> '')"
            + " AND jobid IN ("
            + Columns.marks(jobids.size())
            + ")",
        jobids.toArray());
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
