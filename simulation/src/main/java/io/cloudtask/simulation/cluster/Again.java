package io.cloudtask.simulation.cluster;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.schedule.Schedule;
import io.cloudtask.simulation.cluster.LedgerReading.GapLine;
import io.cloudtask.simulation.cluster.LedgerReading.RunLine;
import io.cloudtask.simulation.cluster.LedgerReading.UnsettledLine;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether what may have been lost with an agent was run again, where that was promised. */
final class Again {
  /** It could not be started, was stopped, or has its turn still to come. */
  private static final Set<String> SETTLED = Set.of("FAILED", "QUEUED", "CANCELLED", "STOPPED");

  /** What is said of fire times of which no agent has told anything. */
  private static final Set<String> GUESSED = Set.of("AGENT_LOST", "NO_AGENT");

  private final Cluster cluster;
  private final List<GapLine> gaps;
  private final Map<Observer.Fire, List<RunLine>> runs = new HashMap<>();

  Again(Cluster cluster, LedgerReading ledger) {
    this.cluster = cluster;
    this.gaps = ledger.gaps();
    for (RunLine run : ledger.runs()) {
      if (run.fireat() != null) {
        Observer.Fire fire = new Observer.Fire(run.jobid(), run.fireat());
        runs.computeIfAbsent(fire, _ -> new ArrayList<>()).add(run);
      }
    }
  }

  void judge() {
    for (UnsettledLine range : cluster.vigil().toRunAgain()) {
      JobDefinition job = Objects.requireNonNull(cluster.scenario().jobs().get(range.jobid()));
      Schedule schedule = Verdict.schedule(job);
      Optional<Instant> due = schedule.next(range.from());
      while (due.isPresent() && !due.get().isAfter(range.to())) {
        judge(range, job, due.get());
        due = schedule.next(due.get());
      }
    }
  }

  private void judge(UnsettledLine range, JobDefinition job, Instant at) {
    List<RunLine> tried = runs.getOrDefault(new Observer.Fire(range.jobid(), at), List.of());
    boolean worked =
        tried.stream()
            .map(run -> cluster.observer().work(run.runid()))
            .anyMatch(work -> work != null && work.end() != Observer.End.LOST);
    boolean settled = tried.stream().anyMatch(Again::isSettled);
    boolean told = tried.isEmpty() && gaps.stream().anyMatch(gap -> answers(gap, range, at));
    if (!worked && !settled && !told) {
      throw new Violation(
          Invariant.AGAIN,
          "%s: what was due at %s may have been lost with %s, and was not run again: %s"
              .formatted(job.name(), at, range, tried));
    }
  }

  /** That it was lost may be the word of the very agent that started it. */
  private static boolean isSettled(RunLine run) {
    return SETTLED.contains(run.state()) || (run.state().equals("LOST") && !run.presumed());
  }

  /**
   * The agent came back before anybody had the job, and said that it did not run it, or that nobody
   * had the job when that was due.
   */
  private static boolean answers(GapLine gap, UnsettledLine range, Instant at) {
    boolean guessed = GUESSED.contains(gap.reason()) && at.isAfter(range.assigned());
    return gap.jobid().equals(range.jobid()) && gap.covers(at) && !guessed;
  }
}
