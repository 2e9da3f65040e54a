package io.cloudtask.agent.timetable;

import static io.cloudtask.agent.Jobs.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random lives of an agent; the ledger is judged by walking through every due instant. */
class TimetableProperties {
  private static final int STEPS = 60;

  @Property(tries = 400)
  void every_due_instant_is_answered_once_and_nothing_starts_twice(@ForAll long seed) {
    Life life = new Life(new Random(seed));
    for (int i = 0; i < STEPS; i++) {
      life.step();
    }
    life.world.wake();
    life.settle();
    life.judge();
  }

  /** One agent, three jobs, and whatever happens to them. */
  private static final class Life {
    private final Random random;
    private final World world = new World(T0);
    private final Map<Integer, AssignedJob> set = new TreeMap<>();
    private final Map<String, List<Entry.Took>> versions = new HashMap<>();
    private long version;

    Life(Random random) {
      this.random = random;
      change(1);
      change(2);
      change(3);
      take();
    }

    void step() {
      switch (random.nextInt(12)) {
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
        default -> crash();
      }
      sameAsJournal();
    }

    private void endOne() {
      List<String> alive = new ArrayList<>(world.alive.keySet());
      if (!alive.isEmpty()) {
        world.end(alive.get(random.nextInt(alive.size())), RunState.SUCCEEDED);
      }
    }

    private void change(int number) {
      if (random.nextInt(6) == 0) {
        set.remove(number);
        return;
      }
      Instant from = set.containsKey(number) ? set.get(number).from() : world.now;
      Jobs job =
          Jobs.every(number, 1, 1 + random.nextInt(7))
              .from(from)
              .overlap(one(Overlap.values()))
              .missed(one(Missed.values()))
              .startdeadline(random.nextInt(3) * 20L)
              .enabled(random.nextInt(5) > 0)
              .version(++version);
      set.put(number, job.job());
    }

    private <T> T one(T[] values) {
      return values[random.nextInt(values.length)];
    }

    private void take() {
      world.take(set.values().toArray(AssignedJob[]::new));
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

    void settle() {
      world.wake().pass(Duration.ZERO);
    }

    void judge() {
      Set<String> ended = new HashSet<>();
      Set<String> granted = new HashSet<>();
      Map<String, Set<Instant>> answered = new HashMap<>();
      for (List<Entry> batch : world.journal) {
        for (Entry entry : batch) {
          if (entry instanceof Entry.Took took) {
            versions.computeIfAbsent(took.job().jobid(), _ -> new ArrayList<>()).add(took);
          }
        }
      }
      for (Fact fact : world.facts()) {
        if (fact instanceof Fact.Granted g) {
          assertThat(granted.add(g.runid())).as("granted once").isTrue();
          if (g.fireat() != null) {
            answer(answered, g.jobid(), g.fireat());
          }
        } else if (fact instanceof Fact.Ended e) {
          assertThat(ended.add(e.runid())).as("ended once").isTrue();
          assertThat(granted).contains(e.runid());
        } else if (fact instanceof Fact.Gap gap) {
          List<Instant> due = due(gap.jobid(), gap.version(), gap.first(), gap.last());
          assertThat(due).as("the count of %s", gap).hasSize((int) gap.count());
          due.forEach(instant -> answer(answered, gap.jobid(), instant));
        }
      }
      complete(answered);
    }

    private void answer(Map<String, Set<Instant>> answered, String job, Instant due) {
      assertThat(answered.computeIfAbsent(job, _ -> new HashSet<>()).add(due))
          .as("%s of %s is answered once", due, job)
          .isTrue();
    }

    /** Every due instant up to the cursor is answered, by the version that was in force. */
    private void complete(Map<String, Set<Instant>> answered) {
      for (HeldJob held : world.state().jobs()) {
        Instant settled =
            held.cursor().isAfter(held.effective()) ? held.cursor() : held.effective();
        assertThat(Calendar.of(held.job().definition(), ZoneOffset.UTC).next(settled))
            .as("nothing that is due is left open")
            .matches(
                next -> next.isEmpty() || next.get().isAfter(world.now),
                "after " + world.now + " of " + held);
        List<Entry.Took> took = versions.getOrDefault(held.job().jobid(), List.of());
        for (int i = 0; i < took.size(); i++) {
          Instant begin = took.get(i).effective();
          boolean last = i + 1 == took.size();
          Instant end = last ? held.cursor() : took.get(i + 1).effective();
          if (!last && took.get(i + 1).job().from().isAfter(begin)) {
            continue; // It left, and came back with a fence of its own.
          }
          List<Instant> due =
              due(held.job().jobid(), took.get(i).job().version(), begin.plusNanos(1), end);
          assertThat(answered.getOrDefault(held.job().jobid(), Set.of())).containsAll(due);
        }
      }
    }

    private List<Instant> due(String jobId, long wanted, Instant first, Instant last) {
      AssignedJob job =
          versions.getOrDefault(jobId, List.of()).stream()
              .map(Entry.Took::job)
              .filter(j -> j.version() == wanted)
              .findFirst()
              .orElseThrow();
      Calendar calendar = Calendar.of(job.definition(), ZoneOffset.UTC);
      List<Instant> due = new ArrayList<>();
      calendar
          .next(first.minusNanos(1))
          .ifPresent(start -> {
            for (Instant at = start;
                !at.isAfter(last);
                at = calendar.next(at).orElse(Instant.MAX)) {
              due.add(at);
            }
          });
      return due;
    }
  }
}
