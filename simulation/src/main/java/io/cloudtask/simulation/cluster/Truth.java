package io.cloudtask.simulation.cluster;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import io.cloudtask.simulation.cluster.LedgerReading.RunLine;
import io.cloudtask.simulation.cluster.LedgerReading.SpanLine;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what is written down with what was really done, and who holds what with who may. */
final class Truth {
  /** The longest run, and the time that its end takes to be told. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** One assignment of a job. */
  private record Span(String jobid, long span) {}

  private final Cluster cluster;
  private final LedgerReading ledger;
  private final Instant end;

  Truth(Cluster cluster, LedgerReading ledger) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.end = cluster.timeline().instant().minus(LONGEST);
  }

  void judge() {
    Map<String, RunLine> runs = new HashMap<>();
    ledger.runs().forEach(run -> runs.put(run.runid(), run));
    Map<Span, SpanLine> spans = new HashMap<>();
    ledger.spans().forEach(span -> spans.put(new Span(span.jobid(), span.span()), span));
    for (Observer.Work work : cluster.observer().works()) {
      owned(work, spans);
      if (work.at.isBefore(end)) {
        judge(work, runs.get(work.run.runid()));
      }
    }
    runs.values().forEach(this::judge);
    noOverlap();
    cluster.agents().forEach(this::outbox);
  }

  private static void judge(Observer.Work work, @Nullable RunLine line) {
    if (line == null) {
      throw new Violation(
          Invariant.NOTHING_LOST, "a run that was started is not in the ledger: " + work.run);
    }
    boolean terminal = RunState.valueOf(line.state()).terminal();
    if (!terminal && work.end() != Observer.End.GOING) {
      throw new Violation(
          Invariant.ONE_END, "a run that is over has no end in the ledger: " + line);
    }
    boolean known = !line.state().equals("LOST") && !line.state().equals("CANCELLED");
    if (terminal && (work.end() == Observer.End.ENDED) != known) {
      throw new Violation(
          Invariant.TRUE, "the ledger says " + line + ", in truth it is " + work.end());
    }
  }

  private void judge(RunLine line) {
    if (line.state().equals("SUCCEEDED") && cluster.observer().work(line.runid()) == null) {
      throw new Violation(Invariant.TRUE, "a run that never was has succeeded: " + line);
    }
  }

  /**
   * Nobody starts what is due after the end of its span, whether its next owner has come so far as
   * to start the same or not.
   */
  private static void owned(Observer.Work work, Map<Span, SpanLine> spans) {
    @Nullable Instant fireat = work.run.granted().fireat();
    @Nullable SpanLine span = spans.get(new Span(work.run.job().jobid(), work.run.job().span()));
    if (fireat != null && span != null && span.until() != null && fireat.isAfter(span.until())) {
      throw new Violation(
          Invariant.ONE_OWNER,
          "%s starts at %s what is due at %s: %s".formatted(work.host, work.at, fireat, span));
    }
  }

  private void noOverlap() {
    Map<String, SpanLine> last = new HashMap<>();
    for (SpanLine span : ledger.spans()) {
      @Nullable SpanLine before = last.put(span.jobid(), span);
      if (before != null && (before.until() == null || span.from().isBefore(before.until()))) {
        throw new Violation(Invariant.ONE_OWNER, "two spans overlap: " + before + " and " + span);
      }
    }
    cluster.scenario().jobs().forEach((jobid, job) -> held(jobid, job, last.get(jobid)));
  }

  private void held(String jobid, JobDefinition job, @Nullable SpanLine span) {
    if (span == null || span.until() != null) {
      String why = ledger.unplaced(jobid);
      if (why.isEmpty()) {
        throw new Violation(
            Invariant.RECOVERY, "nobody has " + job.name() + ", and nothing says why");
      }
      throw new Violation(
          Invariant.RECOVERY, "nobody has " + job.name() + " after all faults: " + why);
    }
  }

  /** What an agent wrote down long ago must have arrived. */
  private void outbox(AgentHost host) {
    long applied = ledger.applied(host.key());
    if (host.disk().acked() > applied) {
      throw new Violation(
          Invariant.NOTHING_LOST, host.name() + " relies on more than the store has applied");
    }
    List<Fact> waiting = host.disk().waiting(applied);
    for (Fact fact : waiting) {
      if (fact instanceof Fact.Granted granted && granted.grantedat().isBefore(end)) {
        throw new Violation(Invariant.NOTHING_LOST, host.name() + " has not delivered " + granted);
      }
    }
  }
}
