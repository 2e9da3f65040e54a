package io.cloudtask.agent.timetable;

import static io.cloudtask.agent.Jobs.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One agent, three jobs, and whatever happens to them. In a cluster the leader takes spans away
 * only while the agent is cut off, and the agent has its lease again only when it has heard.
 */
final class Life {
  final World world = new World(T0);
  private final Random random;
  private final boolean cluster;
  private final Map<Integer, AssignedJob> set = new TreeMap<>();
  private final Map<Integer, Long> spans = new HashMap<>();
  private final List<ClosedSpan> closed = new ArrayList<>();
  private long version;
  private Instant latest = T0;

  Life(Random random, boolean cluster) {
    this.random = random;
    this.cluster = cluster;
    world.autoClaim = !cluster;
    change(1);
    change(2);
    change(3);
    take();
  }

  void step() {
    switch (random.nextInt(cluster ? 19 : 12)) {
      case 0, 1, 2, 3 -> world.pass(Duration.ofMillis(random.nextInt(8000)));
      case 4, 5 -> endOne();
      case 6 -> world.sleep(Duration.ofMillis(random.nextInt(200_000))).wake();
      case 7 -> world.sleep(Duration.ofMillis(-random.nextInt(20_000))).wake();
      case 8 -> {
        change(1 + random.nextInt(3));
        take();
      }
      case 9 -> byHand();
      case 10 -> failingJournal();
      case 11 -> crash();
      case 12, 13 -> answerClaims();
      case 14, 15 -> connection();
      case 16 -> fence(1 + random.nextInt(3));
      case 17 -> recall(1 + random.nextInt(3));
      default -> {
        world.clockOff = random.nextInt(3) == 0;
        world.wake();
      }
    }
    sameAsJournal();
    latest = world.now.isAfter(latest) ? world.now : latest;
  }

  private void endOne() {
    List<String> alive = new ArrayList<>(world.alive.keySet());
    if (!alive.isEmpty()) {
      world.end(alive.get(random.nextInt(alive.size())), RunState.SUCCEEDED);
    }
  }

  private void change(int number) {
    AssignedJob before = set.get(number);
    if (random.nextInt(6) == 0) {
      set.remove(number);
    } else if (before == null) {
      set.put(number, assign(number, world.now).job());
    } else {
      Jobs changed = define(number).span(before.span(), before.from());
      set.put(number, changed.redo(before.redo()).job());
    }
  }

  /** A new span of a job. */
  private Jobs assign(int number, Instant from) {
    long span = spans.merge(number, 1L, Long::sum);
    Jobs job = define(number).span(span, from);
    return cluster && random.nextInt(3) == 0
        ? job.redo(from.minusSeconds(random.nextInt(60)))
        : job;
  }

  private Jobs define(int number) {
    return Jobs.every(number, 1, 1 + random.nextInt(7))
        .overlap(one(Overlap.values()))
        .missed(one(Missed.values()))
        .guarantee(cluster ? one(Guarantee.values()) : Guarantee.LEASED)
        .startdeadline(random.nextInt(3) * 20L)
        .enabled(random.nextInt(5) > 0)
        .sole(cluster && random.nextInt(4) == 0)
        .version(++version);
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  /** The leader forgets what the agent has given back, and then gives it out again. */
  private void take() {
    List<Fact.Dropped> dropped = world.facts(Fact.Dropped.class);
    closed.removeIf(span ->
        dropped.stream().anyMatch(d -> d.jobid().equals(span.jobid()) && d.span() == span.span()));
    for (Map.Entry<Integer, AssignedJob> held : set.entrySet()) {
      AssignedJob job = held.getValue();
      dropped.stream()
          .filter(d -> d.jobid().equals(job.jobid()) && d.span() == job.span())
          .findFirst()
          .ifPresent(given -> held.setValue(assign(held.getKey(), given.at()).job()));
    }
    world.take(closed, set.values().toArray(AssignedJob[]::new));
  }

  private void byHand() {
    String job = Jobs.id(1 + random.nextInt(3));
    Reply reply =
        random.nextBoolean()
            ? world.timetable.start(job, "manual" + random.nextLong(), world.now)
            : world.timetable.stop(job, null, world.now);
    if (reply instanceof Reply.Accepted accepted) {
      world.obey(accepted.effects());
    }
  }

  private void failingJournal() {
    world.journalFails = true;
    world.pass(Duration.ofMillis(random.nextInt(5000)));
    world.journalFails = false;
  }

  /** The last thing decided may not have reached the disk, and then nothing came of it. */
  private void crash() {
    world.now = world.now.plusMillis(random.nextInt(3000));
    if (random.nextBoolean()) {
      world.timetable.wake(world.now);
    }
    for (String runId : List.copyOf(world.alive.keySet())) {
      if (random.nextInt(3) == 0) {
        world.alive.remove(runId);
      }
    }
    world.restart(Duration.ofMillis(random.nextInt(30_000)));
    if (random.nextBoolean()) {
      take();
    } else {
      world.wake();
    }
  }

  private void answerClaims() {
    for (ClaimOrder order : List.copyOf(world.claiming)) {
      switch (random.nextInt(4)) {
        case 0 -> world.claimedElsewhere.add(order);
        case 1 -> world.claiming.remove(order);
        default -> {}
      }
    }
    world.answerClaims();
  }

  private void connection() {
    if (world.cutOffAt == null) {
      world.cutOff();
    } else {
      take();
      world.reconnect();
    }
  }

  private void fence(int number) {
    AssignedJob job = set.get(number);
    if (world.cutOffAt == null || job == null || job.sole() || soleStill(job)) {
      return;
    }
    Instant until = later(latest, job.from()).plusMillis(random.nextInt(1500));
    closed.add(new ClosedSpan(job.jobid(), job.span(), until));
    set.remove(number);
    if (random.nextBoolean()) {
      Instant from = until.plusMillis(random.nextInt(2) * (long) random.nextInt(20_000));
      set.put(number, assign(number, from).job());
    }
    if (random.nextBoolean()) {
      take();
    }
  }

  /** The agent has not acknowledged yet that others may run it. */
  private boolean soleStill(AssignedJob job) {
    return world.state().jobs().stream()
        .anyMatch(held -> held.job().jobid().equals(job.jobid()) && held.job().sole());
  }

  private void recall(int number) {
    AssignedJob job = set.get(number);
    if (job != null) {
      set.put(number, new Jobs(job).recalled(random.nextInt(4) > 0).job());
      take();
    }
  }

  /** What the timetable believes is what a replay would. */
  private void sameAsJournal() {
    JournalState state = world.state();
    assertThat(state.jobs())
        .extracting(HeldJob::job)
        .containsExactlyInAnyOrderElementsOf(world.timetable.jobs());
    for (OpenRun run : state.runs()) {
      assertThat(world.timetable.isOpen(run.runid())).isTrue();
      assertThat(run.released()).isEqualTo(world.alive.containsKey(run.runid()));
    }
  }

  /** All is well in the end, and everything is settled. */
  void end() {
    world.clockOff = false;
    world.autoClaim = true;
    take();
    world.reconnect().answerClaims().wake().pass(Duration.ZERO);
    world.pass(Round.PATIENCE).answerClaims().wake().pass(Duration.ZERO);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
