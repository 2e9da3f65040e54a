package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Collects what the facts of one batch say of the jobs themselves, and writes it once per job. */
final class JobMarks {
  private static final class Mark {
    @Nullable Instant cursor;
    @Nullable Instant execat;
    Fact.@Nullable Ended end;
    boolean runs;
  }

  private final Session session;
  private final Map<String, Mark> marks = new TreeMap<>();
  private final Map<String, String> faults = new HashMap<>();

  JobMarks(Session session) {
    this.session = session;
  }

  private Mark mark(String jobid) {
    return marks.computeIfAbsent(jobid, id -> new Mark());
  }

  /** Everything due up to an instant is answered. */
  void answered(String jobid, Instant at) {
    Mark mark = mark(jobid);
    if (mark.cursor == null || mark.cursor.isBefore(at)) {
      mark.cursor = at;
    }
  }

  /** A run of it was granted or started. */
  void executed(String jobid, Instant at) {
    Mark mark = mark(jobid);
    mark.execat = at;
    mark.runs = true;
  }

  void ended(Fact.Ended fact) {
    Mark mark = mark(fact.jobid());
    mark.runs = true;
    if (fact.state() != RunState.CANCELLED) {
      mark.end = fact;
    }
  }

  void fault(Fact.Fault fact) {
    mark(fact.jobid());
    faults.put(fact.jobid(), fact.reason());
  }

  Set<String> jobs() {
    return Set.copyOf(marks.keySet());
  }

  /** Writes all; the runs must have been written before. */
  void flush() {
    session.lockJobs(marks.keySet());
    writeCursors();
    writeStates(running());
    faults.forEach((jobid, reason) ->
        session.handle().execute("UPDATE job SET fault = ? WHERE jobid = ?", reason, jobid));
  }

  private void writeCursors() {
    try (PreparedBatch batch =
        session
            .handle()
            .prepareBatch(
                """
                UPDATE job SET cursorat = ? WHERE jobid = ? AND (cursorat IS NULL OR cursorat < ?)
                """)) {
      marks.forEach((jobid, mark) -> {
        if (mark.cursor != null) {
          long cursor = mark.cursor.toEpochMilli();
          batch.add(cursor, jobid, cursor);
        }
      });
      execute(batch);
    }
  }

  private void writeStates(Set<String> running) {
    try (PreparedBatch batch =
        session
            .handle()
            .prepareBatch(
                """
                UPDATE job SET laststat = ?, lasterr = ?, execat = COALESCE(?, execat) WHERE jobid = ?
                """)) {
      marks.forEach((jobid, mark) -> {
        Fact.Ended end = mark.end;
        if (running.contains(jobid)) {
          batch.add(JobView.RUNNING, "", Columns.millis(mark.execat), jobid);
        } else if (end != null) {
          boolean fine = end.state() == RunState.SUCCEEDED;
          batch.add(
              fine ? JobView.IDLE : JobView.FAILED,
              fine ? "" : reason(end),
              Columns.millis(mark.execat),
              jobid);
        }
      });
      execute(batch);
    }
  }

  private static String reason(Fact.Ended end) {
    return end.reason().isEmpty() ? "the run ended " + end.state() : end.reason();
  }

  private static void execute(PreparedBatch batch) {
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** Those of which a run is going, on an agent that does not count as dead. */
  private Set<String> running() {
    List<String> jobs = new ArrayList<>();
    marks.forEach((jobid, mark) -> {
      if (mark.runs) {
        jobs.add(jobid);
      }
    });
    Set<String> running = new HashSet<>();
    for (List<String> some : Columns.slices(jobs)) {
      session
          .handle()
          .select(
              """
              SELECT DISTINCT r.jobid FROM run r WHERE r.endedat IS NULL AND r.state <> 'QUEUED'
                AND NOT EXISTS (SELECT 1 FROM agent g
                  WHERE g.agentkey = r.agentkey AND g.fencedat IS NOT NULL)
                AND r.jobid IN (%s)
              """
                  .formatted(Columns.marks(some.size())),
              some.toArray())
          .mapTo(String.class)
          .forEach(running::add);
    }
    return running;
  }
}
