package io.cloudtask.simulation.cluster;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.schedule.Compiled;
import io.cloudtask.schedule.Schedule;
import io.cloudtask.schedule.Schedules;
import io.cloudtask.simulation.cluster.LedgerReading.GapLine;
import io.cloudtask.simulation.cluster.LedgerReading.RunLine;
import io.cloudtask.simulation.cluster.LedgerReading.SpanLine;
import io.cloudtask.simulation.cluster.LedgerReading.UnsettledLine;
import io.cloudtask.simulation.world.Invariant;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks back over a world that has come to rest: every due instant has its one answer, the answers
 * are true, and at the end everything runs again. A run is the answer also where a gap covers it:
 * that counts only those without.
 */
final class Verdict {
  /** How long an answer may be on its way. */
  private static final Duration SETTLING = Duration.ofSeconds(12);

  /** How long it may take until everything runs again. */
  private static final Duration RECOVERY = Duration.ofSeconds(25);

  /** How long it takes until an agent hears that it has a job: it asks when nobody tells it. */
  private static final Duration HEARING = Duration.ofSeconds(16);

  /** Reasons that a job gives itself. */
  private static final Set<String> USUAL = Set.of("OVERLAP", "QUEUE_FULL");

  private final Cluster cluster;
  private final LedgerReading ledger;
  private final Instant end;
  private final Instant recovered;
  private final Duration onTheWay;

  Verdict(Cluster cluster) {
    this.cluster = cluster;
    this.ledger = new LedgerReading(cluster.store());
    this.end = cluster.timeline().instant().minus(SETTLING);
    this.onTheWay = cluster.scenario().reporting().plus(HEARING);
    this.recovered = cluster.timeline().instant().minus(cluster.scenario().quiet()).plus(RECOVERY);
  }

  /**
   * @throws Violation when a promise is broken
   */
  void pass() {
    Map<String, List<RunLine>> runs = new HashMap<>();
    ledger.runs().forEach(run -> of(runs, run.jobid()).add(run));
    Map<String, List<GapLine>> gaps = new HashMap<>();
    ledger.gaps().forEach(gap -> of(gaps, gap.jobid()).add(gap));
    Map<String, List<UnsettledLine>> unsettled = new HashMap<>();
    ledger.unsettled().forEach(range -> of(unsettled, range.jobid()).add(range));
    Map<String, List<SpanLine>> spans = new HashMap<>();
    ledger.spans().forEach(span -> of(spans, span.jobid()).add(span));
    cluster
        .scenario()
        .jobs()
        .forEach((jobid, job) ->
            new Account(
                    job, of(runs, jobid), of(gaps, jobid), of(unsettled, jobid), of(spans, jobid))
                .judge());
    new Truth(cluster, ledger).judge();
    new Again(cluster, ledger).judge();
  }

  static Schedule schedule(JobDefinition job) {
    return ((Compiled.Valid) Schedules.compile(job.schedules().getFirst(), ZoneOffset.UTC))
        .schedule();
  }

  private static <T> List<T> of(Map<String, List<T>> map, String jobid) {
    return map.computeIfAbsent(jobid, _ -> new ArrayList<>());
  }

  /** How the due instants of one job were answered. */
  private final class Account {
    private final JobDefinition job;
    private final Map<Instant, List<RunLine>> runs = new HashMap<>();
    private final List<GapLine> gaps;
    private final List<UnsettledLine> unsettled;
    private final List<SpanLine> spans;

    Account(
        JobDefinition job,
        List<RunLine> runs,
        List<GapLine> gaps,
        List<UnsettledLine> unsettled,
        List<SpanLine> spans) {
      this.job = job;
      this.gaps = gaps;
      this.unsettled = unsettled;
      this.spans = spans;
      for (RunLine run : runs) {
        if (run.fireat() != null) {
          this.runs.computeIfAbsent(run.fireat(), _ -> new ArrayList<>()).add(run);
        }
      }
    }

    void judge() {
      Schedule schedule = schedule(job);
      Map<GapLine, Long> least = new HashMap<>();
      Map<GapLine, Long> most = new HashMap<>();
      Optional<Instant> due = schedule.next(Timeline.BEGIN);
      while (due.isPresent() && !due.get().isAfter(cluster.timeline().instant())) {
        Instant at = due.get();
        List<RunLine> ran = runs.getOrDefault(at, List.of());
        if (ran.isEmpty()) {
          gaps.stream().filter(g -> g.covers(at)).forEach(g -> least.merge(g, 1L, Long::sum));
        }
        if (ran.stream().allMatch(run -> run.state().equals("CANCELLED"))) {
          gaps.stream().filter(g -> g.covers(at)).forEach(g -> most.merge(g, 1L, Long::sum));
        }
        if (!at.isAfter(end)) {
          judge(at);
        }
        due = schedule.next(at);
      }
      // What was in a queue and never ran may count as run or not, as it was told first or last.
      most.forEach((gap, count) -> {
        boolean counts = gap.instants() >= least.getOrDefault(gap, 0L) && gap.instants() <= count;
        if (!counts && !gap.last().isAfter(end)) {
          throw broken(
              Invariant.TRUE, "a gap that covers %d instants counts others: %s", count, gap);
        }
      });
    }

    private void judge(Instant at) {
      List<RunLine> ran = runs.getOrDefault(at, List.of());
      List<GapLine> missed = gaps.stream().filter(gap -> gap.covers(at)).toList();
      if (ran.isEmpty() && missed.isEmpty() && unsettled.stream().noneMatch(u -> u.covers(at))) {
        throw broken(Invariant.ANSWERED, "what was due at %s has no answer", at);
      }
      if (missed.size() > 1) {
        throw broken(Invariant.ANSWERED, "what was due at %s is answered twice: %s", at, missed);
      }
      if (ran.size() > 1 && job.guarantee() != Guarantee.ATLEASTONCE) {
        throw broken(Invariant.ANSWERED, "what was due at %s has several runs: %s", at, ran);
      }
      boolean odd = missed.stream().anyMatch(gap -> !USUAL.contains(gap.reason()));
      if (at.isAfter(recovered)
          && !isHandedOver(at)
          && ran.isEmpty()
          && (odd || missed.isEmpty())) {
        throw broken(
            Invariant.RECOVERY,
            "long after all faults, what was due at %s did not run: %s",
            at,
            missed);
      }
    }

    /** Between giver and taker nobody has it, for as long as the giver's word is on its way. */
    private boolean isHandedOver(Instant at) {
      return spans.stream()
          .anyMatch(span -> at.isAfter(span.from()) && at.isBefore(span.from().plus(onTheWay)));
    }

    private Violation broken(Invariant invariant, String words, Object... arguments) {
      return new Violation(invariant, job.name() + ": " + words.formatted(arguments));
    }
  }
}
