package io.cloudtask.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Removes output by age, and by how many newer runs its job has. */
record OutputPruning(Handle handle) {
  /** To find the bound of a job takes as many steps as it may keep runs, so not all at once. */
  private static final int JOBS = 50;

  private static final String CHORE = "output beyond the newest runs";

  private record Job(String jobid, String prunedto) {}

  /** Output of runs whose id is smaller; returns how many runs lost theirs. */
  int before(String runid, int batch) {
    return remove(
        handle
            .select(
                "SELECT DISTINCT runid FROM output WHERE runid < ? ORDER BY runid LIMIT ?",
                runid,
                batch)
            .mapTo(String.class)
            .list());
  }

  /**
   * Output of all but the newest runs of the next few jobs. Where it stopped is remembered; it is
   * done when it has come to the last job.
   */
  Retention.Progress beyond(int keep, int batch) {
    List<Job> jobs =
        handle
            .select(
                "SELECT jobid, prunedto FROM job WHERE jobid > ? ORDER BY jobid LIMIT ?",
                position(),
                JOBS)
            .map((row, context) -> new Job(row.getString("jobid"), row.getString("prunedto")))
            .list();
    int removed = 0;
    for (Job job : jobs) {
      removed += beyond(job, keep, batch - removed);
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

  private int beyond(Job job, int keep, int batch) {
    Optional<String> bound =
        handle
            .select(
                "SELECT runid FROM run WHERE jobid = ? ORDER BY runid DESC LIMIT 1 OFFSET ?",
                job.jobid,
                keep)
            .mapTo(String.class)
            .findOne();
    if (bound.isEmpty()) {
      return 0;
    }
    List<String> runids =
        handle
            .select(
                """
                SELECT runid FROM run WHERE jobid = ? AND runid > ? AND runid <= ?
                ORDER BY runid LIMIT ?
                """,
                job.jobid,
                job.prunedto,
                bound.get(),
                batch)
            .mapTo(String.class)
            .list();
    if (!runids.isEmpty()) {
      remove(runids);
      handle.execute("UPDATE job SET prunedto = ? WHERE jobid = ?", runids.getLast(), job.jobid);
    }
    return runids.size();
  }

  private int remove(List<String> runids) {
    if (runids.isEmpty()) {
      return 0;
    }
    try (var pieces = handle.prepareBatch("DELETE FROM output_piece WHERE runid = ?");
        var rows = handle.prepareBatch("DELETE FROM output WHERE runid = ?")) {
      for (String runid : runids) {
        pieces.add(runid);
        rows.add(runid);
      }
      pieces.execute();
      rows.execute();
    }
    return runids.size();
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
