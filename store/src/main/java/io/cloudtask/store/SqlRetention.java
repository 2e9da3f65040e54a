package io.cloudtask.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

record SqlRetention(Handle handle) implements Retention {
  /** For how long a repeated request or message is recognised. */
  private static final Duration MEMORY = Duration.ofDays(1);

  /** Longer than any session lasts. */
  private static final Duration SESSION = Duration.ofDays(8);

  @Override
  public Progress prune(Limits limits, int batch, Instant now) {
    Instant history = now.minus(limits.runs());
    Instant memory = now.minus(MEMORY);
    OutputPruning outputs = new OutputPruning(handle);
    Progress each = new JobPruning(handle, limits.outputsPerJob(), history).some(batch);
    int removed = each.removed();
    removed += outputs.before(RunTimes.prefix(now.minus(limits.outputs())), batch);
    removed += runs(RunTimes.prefix(history), batch);
    removed += gaps(history, batch);
    removed += old("claim", "jobid, fireat", "claimedat", history, batch);
    removed += old("request", "requestkey", "madeat", memory, batch);
    removed += old("heard", "msgid", "heardat", memory, batch);
    removed += old("login", "subject", "sinceat", memory, batch);
    removed += old("session", "id", "createat", now.minus(SESSION), batch);
    removed += old("notice", "id", "lastat", history, batch);
    removed += unfinished(memory);
    removed += jobs(history, batch);
    return new Progress(removed, removed == 0 && each.done());
  }

  private int runs(String before, int batch) {
    return handle.execute(
        """
        DELETE FROM run WHERE runid IN
          (SELECT runid FROM run WHERE runid < ? AND endedat IS NOT NULL ORDER BY runid LIMIT ?)
        """,
        before,
        batch);
  }

  private int gaps(Instant before, int batch) {
    return handle.execute(
        """
        DELETE FROM gap WHERE (jobid, firstat) IN
          (SELECT jobid, firstat FROM gap WHERE lastat < ? ORDER BY lastat LIMIT ?)
        """,
        before.toEpochMilli(),
        batch);
  }

  private int old(String table, String key, String time, Instant before, int batch) {
    return handle.execute(
        "DELETE FROM %1$s WHERE (%2$s) IN (SELECT %2$s FROM %1$s WHERE %3$s < ? ORDER BY %3$s LIMIT ?)"
            .formatted(table, key, time),
        before.toEpochMilli(),
        batch);
  }

  /** An upload that was never finished; one at a time, because each may be big. */
  private int unfinished(Instant before) {
    List<String> contents =
        handle
            .select(
                "SELECT sha256 FROM content WHERE complete = 0 AND beganat < ? LIMIT 1",
                before.toEpochMilli())
            .mapTo(String.class)
            .list();
    for (String sha256 : contents) {
      handle.execute("DELETE FROM content_piece WHERE sha256 = ?", sha256);
      handle.execute("DELETE FROM content WHERE sha256 = ?", sha256);
    }
    return contents.size();
  }

  /** Deleted jobs of which no run and no gap is left. */
  private int jobs(Instant before, int batch) {
    List<String> jobs =
        handle
            .select(
                """
                SELECT jobid FROM job j WHERE deletedat < ?
                  AND NOT EXISTS (SELECT 1 FROM run r WHERE r.jobid = j.jobid)
                  AND NOT EXISTS (SELECT 1 FROM gap g WHERE g.jobid = j.jobid) LIMIT ?
                """,
                before.toEpochMilli(),
                batch)
            .mapTo(String.class)
            .list();
    for (String jobid : jobs) {
      for (String table : List.of("took", "assignment", "job_version", "job_state", "job")) {
        handle.execute("DELETE FROM " + table + " WHERE jobid = ?", jobid);
      }
    }
    return jobs.size();
  }
}
