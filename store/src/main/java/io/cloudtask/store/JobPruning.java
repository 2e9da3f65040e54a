package io.cloudtask.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Removes what is too much or too old of one job after the other.
 *
 * @param outputs output of that many newest runs of a job is kept
 * @param history assignments that ended before it, and what was in force then, are forgotten
 */
record JobPruning(Handle handle, int outputs, Instant history) {
  /** To find the bound of a job takes as many steps as it may keep runs, so not all at once. */
  private static final int JOBS = 50;

  private static final String CHORE = "output beyond the newest runs";

  private record Job(String jobid, String prunedto) {}

  /**
   * Goes on with the next few jobs. Where it stopped is remembered; it is done when it has come to
   * the last one.
   */
  Retention.Progress some(int batch) {
    List<Job> jobs =
        handle
            .select(
                "SELECT jobid, prunedto FROM job_state WHERE jobid > ? ORDER BY jobid LIMIT ?",
                position(),
                JOBS)
            .map((row, context) -> new Job(row.getString("jobid"), row.getString("prunedto")))
            .list();
    OutputPruning pruning = new OutputPruning(handle);
    int removed = 0;
    for (Job job : jobs) {
      removed += pruning.beyond(job.jobid, job.prunedto, outputs, batch - removed);
      removed += spans(job.jobid) + rulings(job.jobid);
      if (removed >= batch) {
        return new Retention.Progress(removed, false);
      }
      move(job.jobid);
    }
    boolean end = jobs.size() < JOBS;
    if (end) {
      move("");
    }
    return new Retention.Progress(removed, end);
  }

  /** All but the last: the next one counts on from it. */
  private int spans(String jobid) {
    return handle.execute(
        """
        DELETE FROM assignment WHERE jobid = ? AND untilat < ?
          AND span < (SELECT MAX(span) FROM assignment WHERE jobid = ?)
        """,
        jobid,
        history.toEpochMilli(),
        jobid);
  }

  /** All but the one that was in force then. */
  private int rulings(String jobid) {
    return handle.execute(
        """
        DELETE FROM took WHERE jobid = ? AND effectiveat <
          (SELECT MAX(effectiveat) FROM took WHERE jobid = ? AND effectiveat < ?)
        """,
        jobid,
        jobid,
        history.toEpochMilli());
  }

  private String position() {
    return handle
        .select("SELECT position FROM chore WHERE name = ?", CHORE)
        .mapTo(String.class)
        .findOne()
        .orElse("");
  }

  private void move(String position) {
    handle.execute(
        """
        INSERT INTO chore (name, position) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET position = excluded.position
        """,
        CHORE,
        position);
  }
}
