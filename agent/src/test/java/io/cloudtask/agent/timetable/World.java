package io.cloudtask.agent.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A timetable with a journal in memory, and a host on which runs last until they are ended. It has
 * its lease, and a store that grants every claim, unless a test says otherwise.
 */
final class World {
  final List<List<Entry>> journal = new ArrayList<>();
  final Map<String, OpenRun> alive = new LinkedHashMap<>();
  final Set<String> startedEver = new TreeSet<>();
  final List<StopOrder> stops = new ArrayList<>();
  final List<AssignedJob> preparing = new ArrayList<>();
  final List<ClaimOrder> claiming = new ArrayList<>();
  final Set<ClaimOrder> claimedElsewhere = new HashSet<>();
  Timetable timetable;
  Instant now;
  @Nullable Instant cutOffAt;
  boolean clockOff;
  boolean autoClaim = true;
  boolean journalFails;
  boolean autoPrepare = true;
  long revision;

  World(Instant now) {
    this.now = now;
    this.timetable = new Timetable(new JournalState(), ZoneOffset.UTC, now);
  }

  World take(AssignedJob... jobs) {
    return take(List.of(), jobs);
  }

  World take(List<ClosedSpan> closed, AssignedJob... jobs) {
    look();
    obey(timetable.take(new JobSet(++revision, Arrays.asList(jobs), closed), now));
    return this;
  }

  /** Tells the timetable of the gate, as before everything that is decided. */
  private void look() {
    timetable.gate(gate(), now);
  }

  private Gate gate() {
    Gate gate = cutOffAt == null ? Gate.OPEN : Gate.withoutLease(since(cutOffAt));
    return clockOff ? new Gate(GapReason.CLOCK_OFF, GapReason.CLOCK_OFF, gate.cutOff()) : gate;
  }

  private Duration since(Instant instant) {
    return instant.isAfter(now) ? Duration.ZERO : Duration.between(instant, now);
  }

  /** The lease ends now. */
  World cutOff() {
    cutOffAt = now;
    return wake();
  }

  World reconnect() {
    cutOffAt = null;
    return wake();
  }

  /** Wakes it whenever it asks, up to an instant. */
  World until(Instant end) {
    for (Instant next = next(); !next.isAfter(end); next = next()) {
      now = next.isAfter(now) ? next : now;
      look();
      obey(timetable.wake(now));
    }
    now = end;
    return this;
  }

  World pass(Duration time) {
    return until(now.plus(time));
  }

  /** The clock moves and nobody looks. */
  World sleep(Duration time) {
    now = now.plus(time);
    return this;
  }

  World wake() {
    look();
    timetable.decide(now);
    obey(timetable.wake(now));
    return this;
  }

  World end(String runId, RunState state) {
    OpenRun run = Objects.requireNonNull(alive.remove(runId), runId + " does not run");
    look();
    obey(
        timetable.ended(new Fact.Ended(run.job().jobid(), runId, state, null, null, now, ""), now));
    return this;
  }

  World endAll() {
    while (!alive.isEmpty()) {
      end(alive.keySet().iterator().next(), RunState.SUCCEEDED);
    }
    return this;
  }

  /** The agent dies and comes back: what was journalled is known, what runs goes on. */
  World restart(Duration downtime) {
    now = now.plus(downtime);
    JournalState state = state();
    timetable = new Timetable(state, ZoneOffset.UTC, now);
    preparing.clear();
    claiming.clear();
    look();
    for (OpenRun run : state.runs()) {
      if (run.released() && !alive.containsKey(run.runid())) {
        obey(
            timetable.ended(
                new Fact.Ended(
                    run.job().jobid(), run.runid(), RunState.LOST, null, null, now, "gone"),
                now));
      }
    }
    obey(timetable.recover());
    return this;
  }

  JournalState state() {
    JournalState state = new JournalState();
    journal.forEach(batch -> batch.forEach(state::apply));
    return state;
  }

  void obey(Effects effects) {
    if (effects.promise() && journalFails) {
      obey(timetable.notJournalled(effects, now));
      return;
    }
    if (!effects.records().isEmpty()) {
      journal.add(effects.records());
    }
    for (RunOrder order : effects.starts()) {
      boolean byHand = order.run().granted().fireat() == null;
      assertThat(byHand || gate().closed(sole(order.run().job().jobid())) == null)
          .as("the gate is open for %s", order)
          .isTrue();
      assertThat(startedEver.add(order.run().runid())).as("started once").isTrue();
      alive.put(order.run().runid(), order.run());
    }
    stops.addAll(effects.stops());
    preparing.addAll(effects.prepares());
    claiming.addAll(effects.claims());
    while (autoPrepare && !preparing.isEmpty()) {
      obey(timetable.prepared(preparing.removeFirst(), "", now));
    }
    if (autoClaim) {
      answerClaims();
    }
  }

  World answerClaims() {
    while (!claiming.isEmpty()) {
      ClaimOrder order = claiming.removeFirst();
      look();
      obey(timetable.claimed(order, !claimedElsewhere.contains(order), now));
    }
    return this;
  }

  private boolean sole(String jobId) {
    return timetable.jobs().stream().anyMatch(job -> job.jobid().equals(jobId) && job.sole());
  }

  World prepared(String reason) {
    List<AssignedJob> jobs = List.copyOf(preparing);
    preparing.clear();
    jobs.forEach(job -> obey(timetable.prepared(job, reason, now)));
    return this;
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    journal.forEach(batch ->
        batch.forEach(entry -> {
          Fact fact = entry.fact();
          if (fact != null) {
            facts.add(fact);
          }
        }));
    return facts;
  }

  <F extends Fact> List<F> facts(Class<F> type) {
    return facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Instant next() {
    return timetable.nextWake().orElse(Instant.MAX);
  }
}
