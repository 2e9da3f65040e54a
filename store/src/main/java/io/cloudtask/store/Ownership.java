package io.cloudtask.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose the fire times are that an agent reports on, for the jobs of a batch of which that is a
 * question at all: a span was ended without its agent, and what happened in it is not settled yet.
 */
final class Ownership {
  /** Whose a fire time is. */
  enum Verdict {
    /** The agent's own. */
    OWNED,
    /** That of an agent that was lost, after which this one sees to the guarantee of the job. */
    REDONE,
    /** Somebody else's. */
    FOREIGN
  }

  private final Session session;
  private final String agentkey;
  private final Map<String, List<AssignmentRow>> spans = new HashMap<>();
  private final Map<String, List<UnsettledRow>> unsettled = new HashMap<>();
  private final Map<UnsettledRow, Answered> answered = new LinkedHashMap<>();

  /** Spans of which the agent has told everything: what it does there now, it makes up for. */
  private final Set<Told> told = new HashSet<>();

  private record Told(String jobid, long span) {}

  /** Fire times in an unsettled range that have an answer now. */
  private static final class Answered {
    private final TreeSet<Instant> byOwner = new TreeSet<>();
    private final TreeSet<Instant> bySuccessor = new TreeSet<>();
  }

  private Ownership(Session session, String agentkey) {
    this.session = session;
    this.agentkey = agentkey;
  }

  static Ownership of(Session session, String agentkey, Set<String> jobs) {
    Ownership ownership = new Ownership(session, agentkey);
    Set<String> doubtful = new TreeSet<>(ownership.fenced());
    doubtful.retainAll(jobs);
    for (List<String> some : Columns.slices(jobs)) {
      new Unsettled(session.handle())
          .of(some)
          .forEach(row ->
              ownership.unsettled.computeIfAbsent(row.jobid(), _ -> new ArrayList<>()).add(row));
    }
    doubtful.addAll(ownership.unsettled.keySet());
    ownership.readSpans(doubtful);
    return ownership;
  }

  private List<String> fenced() {
    return session
        .handle()
        .select(
            "SELECT jobid FROM assignment WHERE agentkey = ? AND fenced = 1 AND settled = 0",
            agentkey)
        .mapTo(String.class)
        .list();
  }

  private void readSpans(Collection<String> doubtful) {
    doubtful.forEach(jobid -> spans.put(jobid, new ArrayList<>()));
    for (List<String> slice : Columns.slices(doubtful)) {
      List<String> some = Columns.padded(slice);
      List<Object> arguments = new ArrayList<>(some);
      arguments.add(agentkey);
      session
          .handle()
          .select(
              "SELECT * FROM assignment WHERE jobid IN ("
                  + Columns.marks(some.size())
                  + ") AND agentkey = ?",
              arguments.toArray())
          .map((row, context) -> {
            if (row.getInt("settled") == 1) {
              told(row.getString("jobid"), row.getLong("span"));
            }
            return SqlAssignments.map(row);
          })
          .forEach(span -> spans.getOrDefault(span.jobid(), new ArrayList<>()).add(span));
    }
    spans.values().forEach(list -> list.sort(Comparator.comparing(AssignmentRow::span).reversed()));
  }

  /** Whether it is a question at all whose a fire time is. */
  boolean doubtful(String jobid, Instant fireat) {
    return endOf(jobid, fireat).isPresent()
        || unsettled.getOrDefault(jobid, List.of()).stream()
            .anyMatch(row -> !fireat.isAfter(row.to()));
  }

  Verdict of(String jobid, Instant fireat) {
    Optional<Instant> end = endOf(jobid, fireat);
    if (end.isEmpty() || !fireat.isAfter(end.get())) {
      return Verdict.OWNED;
    }
    return redone(jobid, fireat) ? Verdict.REDONE : Verdict.FOREIGN;
  }

  /**
   * The fence of the span in which the agent owned a fire time, or took itself to own it; empty
   * when that was not ended without it.
   */
  Optional<Instant> endOf(String jobid, Instant fireat) {
    return spans.getOrDefault(jobid, List.of()).stream()
        .filter(span -> span.from().isBefore(fireat))
        .findFirst()
        .filter(AssignmentRow::fenced)
        .map(AssignmentRow::until);
  }

  private boolean redone(String jobid, Instant fireat) {
    boolean successor =
        spans.getOrDefault(jobid, List.of()).stream()
            .anyMatch(span -> !fireat.isAfter(span.from()));
    boolean lost =
        unsettled.getOrDefault(jobid, List.of()).stream()
            .anyMatch(row ->
                !row.agentkey().equals(agentkey)
                    && row.from().isBefore(fireat)
                    && !fireat.isAfter(row.to()));
    return successor && (lost || new SqlClaims(session.handle()).holds(agentkey, jobid, fireat));
  }

  /** A fire time has an answer. */
  void answered(String jobid, Instant fireat) {
    for (UnsettledRow row : unsettled.getOrDefault(jobid, List.of())) {
      Answered times = answered.computeIfAbsent(row, _ -> new Answered());
      (isOwner(row) ? times.byOwner : times.bySuccessor).add(fireat);
    }
  }

  private boolean isOwner(UnsettledRow row) {
    return row.agentkey().equals(agentkey) && !told.contains(new Told(row.jobid(), row.span()));
  }

  /** The agent has told everything about a span. */
  void told(String jobid, long span) {
    told.add(new Told(jobid, span));
  }

  /** Writes how far the unsettled ranges are settled by now, or seen to by a successor. */
  void flush() {
    Unsettled ranges = new Unsettled(session.handle());
    answered.forEach((row, times) -> {
      advance(ranges, row, times.byOwner, true);
      advance(ranges, row, times.bySuccessor, false);
    });
  }

  private static void advance(
      Unsettled ranges, UnsettledRow row, TreeSet<Instant> times, boolean owner) {
    Instant last = times.floor(row.to());
    if (last != null && last.isAfter(row.from())) {
      ranges.advance(row, last, owner);
    }
  }
}
