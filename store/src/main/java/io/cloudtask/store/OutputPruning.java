package io.cloudtask.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Removes output by age, and by how many newer runs its job has. */
record OutputPruning(Handle handle) {
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

  /** Output of all but the newest runs of a job; returns how many runs lost theirs. */
  int beyond(String jobid, String prunedto, int keep, int batch) {
    Optional<String> bound =
        handle
            .select(
                "SELECT runid FROM run WHERE jobid = ? ORDER BY runid DESC LIMIT 1 OFFSET ?",
                jobid,
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
                jobid,
                prunedto,
                bound.get(),
                batch)
            .mapTo(String.class)
            .list();
    if (!runids.isEmpty()) {
      remove(runids);
      handle.execute("UPDATE job_state SET prunedto = ? WHERE jobid = ?", runids.getLast(), jobid);
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
}
