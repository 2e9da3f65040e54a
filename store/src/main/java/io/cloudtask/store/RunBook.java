package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of one batch make of the runs: rows in, facts, rows out. Each run is then written
 * once, however many facts tell of it. A fact that may not follow is refused and changes nothing.
 */
final class RunBook {
  private final String agentkey;
  private final Map<String, RunRow> runs = new LinkedHashMap<>();
  private final Set<String> created = new LinkedHashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final Set<String> started = new LinkedHashSet<>();
  private final Set<String> ended = new LinkedHashSet<>();

  RunBook(String agentkey, Map<String, RunRow> known) {
    this.agentkey = agentkey;
    runs.putAll(known);
  }

  /** Returns what speaks against the fact, which then changes nothing; null when it is applied. */
  @Nullable Objection apply(Fact.Granted fact) {
    RunRow known = runs.get(fact.runid());
    if (known != null) {
      return known.agentkey().equals(agentkey)
          ? Objection.ignored("it is known already, as " + known.state())
          : Objection.violation(
              "agent %s has started that fire time too".formatted(known.agentkey()));
    }
    runs.put(fact.runid(), RunRow.of(agentkey, fact));
    created.add(fact.runid());
    return null;
  }

  /** Returns what speaks against the fact, which then changes nothing; null when it is applied. */
  @Nullable Objection apply(Fact.Started fact) {
    RunRow run = runs.get(fact.runid());
    Objection refusal = refusal(run, RunState.RUNNING);
    if (run != null && refusal == null) {
      put(run.started(fact));
      started.add(fact.runid());
    }
    return refusal;
  }

  /** Returns what speaks against the fact, which then changes nothing; null when it is applied. */
  @Nullable Objection apply(Fact.Ended fact) {
    RunRow run = runs.get(fact.runid());
    Objection refusal =
        fact.state().terminal() ? refusal(run, fact.state()) : Objection.ignored("that is no end");
    if (run != null && refusal == null) {
      put(run.ended(fact));
      ended.add(fact.runid());
    }
    return refusal;
  }

  private @Nullable Objection refusal(@Nullable RunRow run, RunState next) {
    if (run == null) {
      return Objection.ignored("no such run was granted");
    }
    if (!run.agentkey().equals(agentkey)) {
      return Objection.ignored("it is a run of agent " + run.agentkey());
    }
    return run.mayBecome(next) ? null : Objection.ignored("it is " + run.state() + " already");
  }

  private void put(RunRow run) {
    runs.put(run.runid(), run);
    changed.add(run.runid());
  }

  /** Whether this batch ended it. */
  boolean ended(String runid) {
    return ended.contains(runid);
  }

  /** Tells of what this batch started and ended. */
  void tell(EventBook events) {
    started.forEach(runid -> events.started(row(runid)));
    ended.forEach(runid -> events.ended(row(runid)));
  }

  Collection<RunRow> created() {
    return created.stream().map(this::row).toList();
  }

  Collection<RunRow> changed() {
    return changed.stream().filter(id -> !created.contains(id)).map(this::row).toList();
  }

  private RunRow row(String runid) {
    RunRow run = runs.get(runid);
    if (run == null) {
      throw new IllegalStateException("run " + runid + " was never in this batch");
    }
    return run;
  }
}
