package io.cloudtask.simulation.cluster;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.run.RunState;
import io.cloudtask.simulation.cluster.LedgerReading.RunLine;
import io.cloudtask.simulation.cluster.LedgerReading.UnsettledLine;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.Violation;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what is written down while things happen, and remembers what only shows meanwhile. */
final class Vigil {
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final Timeline timeline;
  private final LedgerReading ledger;
  private final Map<String, JobDefinition> jobs;
  private final Map<String, RunLine> ended = new HashMap<>();
  private final Set<UnsettledLine> toRunAgain = new LinkedHashSet<>();
  private long due = PAUSE;

  Vigil(Timeline timeline, LedgerReading ledger, Map<String, JobDefinition> jobs) {
    this.timeline = timeline;
    this.ledger = ledger;
    this.jobs = jobs;
  }

  /** Called after every step. */
  void step() {
    if (timeline.now() >= due) {
      due = timeline.now() + PAUSE;
      ledger.runs().forEach(this::look);
    }
  }

  /** The one end of a run stays, unless it was a guess. */
  private void look(RunLine line) {
    if (!RunState.valueOf(line.state()).terminal()) {
      if (ended.containsKey(line.runid())) {
        throw new Violation(Invariant.ONE_END, "a run goes on after its end: " + line);
      }
      return;
    }
    @Nullable RunLine before = ended.put(line.runid(), line);
    if (before != null && !before.presumed() && !before.equals(line)) {
      throw new Violation(Invariant.ONE_END, "a run has two ends: " + before + " and " + line);
    }
  }

  /** An agent has written down that a center has everything up to a sequence, and relies on it. */
  void relies(String agentkey, long sequence) {
    long applied = ledger.applied(agentkey);
    if (sequence > applied) {
      throw new Violation(
          Invariant.NOTHING_LOST,
          agentkey + " relies on sequence " + sequence + ", and " + applied + " is applied");
    }
  }

  /** An agent was taken for dead just now. */
  void fenced(String agentkey) {
    for (UnsettledLine range : ledger.unsettled()) {
      JobDefinition job = jobs.get(range.jobid());
      if (range.agentkey().equals(agentkey)
          && job != null
          && job.guarantee() == Guarantee.ATLEASTONCE
          && job.startdeadline() == 0) {
        toRunAgain.add(range);
      }
    }
  }

  /** Ranges whose fire times were to be run again, unless it turned out that they had been. */
  Set<UnsettledLine> toRunAgain() {
    return toRunAgain;
  }
}
