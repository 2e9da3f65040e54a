package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.run.RunState;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what the facts of one batch say of the jobs themselves, and writes it once per job. */
final class JobMarks {
  private static final String UPDATE =
      """
      UPDATE job_state SET
        cursorat = CASE WHEN cursorat IS NULL OR cursorat < v.column2 THEN v.column2
          ELSE cursorat END,
        laststat = COALESCE(v.column3, laststat), lasterr = COALESCE(v.column4, lasterr),
        execat = COALESCE(v.column5, execat), fault = COALESCE(v.column6, fault)
      FROM %s WHERE jobid = v.column1
      """;

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
    faults.put(fact.jobid(), Columns.text(fact.reason()));
  }

  Set<String> jobs() {
    return Set.copyOf(marks.keySet());
  }

  /** Writes all; the runs must have been written before. */
  void flush() {
    session.lockJobs(marks.keySet());
    Set<String> running = running();
    List<@Nullable Object[]> rows = new ArrayList<>();
    marks.forEach((jobid, mark) -> rows.add(row(jobid, mark, running.contains(jobid))));
    new BulkUpdate(
            session.handle(),
            UPDATE,
            Types.VARCHAR,
            Types.BIGINT,
            Types.BIGINT,
            Types.VARCHAR,
            Types.BIGINT,
            Types.VARCHAR)
        .execute(rows);
  }

  /** What is null stays as it is. */
  private @Nullable Object[] row(String jobid, Mark mark, boolean running) {
    Fact.Ended end = mark.end;
    Long state = null;
    String error = null;
    if (running) {
      state = (long) JobView.RUNNING;
      error = "";
    } else if (end != null) {
      boolean fine = end.state() == RunState.SUCCEEDED;
      state = (long) (fine ? JobView.IDLE : JobView.FAILED);
      error = fine ? "" : reason(end);
    }
    Long execat = state == null ? null : Columns.millis(mark.execat);
    return new @Nullable Object[] {
      jobid, Columns.millis(mark.cursor), state, error, execat, faults.get(jobid)
    };
  }

  private static String reason(Fact.Ended end) {
    return end.reason().isEmpty() ? "the run ended " + end.state() : Columns.text(end.reason());
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
    for (List<String> slice : Columns.slices(jobs)) {
      List<String> some = Columns.padded(slice);
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
