package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.run.Answer;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes down what people want to hear of, and nothing else: without rules it costs one query. */
final class EventBook {
  /** A run that starts so much after its fire time is late. */
  static final Duration LATE = Duration.ofSeconds(60);

  private final Handle handle;
  private final Set<EventKind> wanted;
  private final List<EventRow> events = new ArrayList<>();

  EventBook(Handle handle) {
    this.handle = handle;
    this.wanted = EnumSet.noneOf(EventKind.class);
    handle
        .select("SELECT DISTINCT kinds FROM rule WHERE enabled = 1")
        .mapTo(String.class)
        .forEach(kinds -> wanted.addAll(SqlNotifications.kinds(kinds)));
  }

  void add(EventRow event) {
    if (wanted.contains(event.kind())) {
      events.add(event);
    }
  }

  /** A run has started, as far as its row says when. */
  void started(RunRow run) {
    Instant due = run.fireat();
    Instant start = run.startedat();
    if (due != null && start != null && start.isAfter(due.plus(LATE))) {
      long seconds = Duration.between(due, start).toSeconds();
      add(event(EventKind.LATE, run, start, seconds + " s after its fire time"));
    }
  }

  /** A run has ended; its row is written later. */
  void ended(RunRow run) {
    Instant at = run.endedat() == null ? run.grantedat() : run.endedat();
    switch (run.state()) {
      case SUCCEEDED -> {
        add(event(EventKind.SUCCEEDED, run, at, ""));
        if (wanted.contains(EventKind.RECOVERED) && failedBefore(run)) {
          add(event(EventKind.RECOVERED, run, at, ""));
        }
      }
      case FAILED, TIMED_OUT, LOST -> add(event(EventKind.FAILED, run, at, why(run)));
      // Somebody wanted it so.
      case STOPPED, CANCELLED, QUEUED, STARTING, RUNNING -> {}
    }
  }

  private static EventRow event(EventKind kind, RunRow run, Instant at, String detail) {
    return new EventRow(kind, at, run.jobid(), run.runid(), run.agentkey(), detail);
  }

  private static String why(RunRow run) {
    if (!run.reason().isEmpty()) {
      return run.reason();
    }
    if (run.signal() != null) {
      return "signal " + run.signal();
    }
    return run.exitcode() == null ? "it ended " + run.state() : "exit code " + run.exitcode();
  }

  private boolean failedBefore(RunRow run) {
    return handle
        .select(
            """
            SELECT state FROM run WHERE jobid = ? AND runid < ? AND endedat IS NOT NULL
              AND state NOT IN ('CANCELLED', 'STOPPED') ORDER BY runid DESC LIMIT 1
            """,
            run.jobid(),
            run.runid())
        .mapTo(String.class)
        .findOne()
        .filter(state -> !state.equals(RunState.SUCCEEDED.name()))
        .isPresent();
  }

  void missed(Fact.Gap gap, String agentkey) {
    if (gap.reason().answer() == Answer.MISSED) {
      String detail =
          gap.count() == 1
              ? "due at %s: %s".formatted(gap.first(), gap.reason().words())
              : "%d times from %s to %s: %s"
                  .formatted(gap.count(), gap.first(), gap.last(), gap.reason().words());
      add(new EventRow(EventKind.MISSED, gap.last(), gap.jobid(), "", agentkey, detail));
    }
  }

  /** Why nobody takes them, before that is written; those that nobody took before are not new. */
  void unplaced(Map<String, String> reasons, Instant now) {
    if (!wanted.contains(EventKind.UNPLACED)) {
      return;
    }
    List<String> jobs =
        reasons.keySet().stream()
            .filter(jobid -> !reasons.getOrDefault(jobid, "").isEmpty())
            .sorted()
            .toList();
    for (List<String> slice : Columns.slices(jobs)) {
      List<String> some = Columns.padded(slice);
      handle
          .select(
              "SELECT jobid FROM job_state WHERE unplaced = '' AND jobid IN (%s)"
                  .formatted(Columns.marks(some.size())),
              some.toArray())
          .mapTo(String.class)
          .forEach(jobid ->
              add(
                  new EventRow(
                      EventKind.UNPLACED, now, jobid, "", "", reasons.getOrDefault(jobid, ""))));
    }
  }

  void flush() {
    write(events);
    events.clear();
  }

  private void write(Collection<EventRow> rows) {
    for (EventRow event : rows) {
      handle.execute(
          """
          INSERT INTO event (id, kind, happened, jobid, runid, agentkey, detail)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          TimeOrderedId.next(event.at()),
          event.kind().name(),
          event.at().toEpochMilli(),
          event.jobid(),
          event.runid(),
          event.agentkey(),
          Columns.text(event.detail()));
    }
  }
}
