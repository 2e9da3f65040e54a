package io.cloudtask.benchmarks.inside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.center.allocate.Placement;
import io.cloudtask.center.allocate.Survey;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Agents.Fencing;
import io.cloudtask.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a round of the planner costs together with the store: the rows are read, the plan is made,
 * and its moves are carried out in one transaction. First everything is to be placed; then agents
 * are lost one by one, each of which is fenced first, as a leader does it.
 */
final class PlanCommit {
  private static final String RUNTIME = "prod";
  private static final double GOAL_FIRST = 5;
  private static final double GOAL_LOSS = 1;

  /** Jobs are made in pieces, as nobody applies all at once. */
  private static final int PIECE = 5_000;

  private final Store store;
  private final int jobs;
  private final Set<String> online = new TreeSet<>();

  private PlanCommit(Store store, int jobs) {
    this.store = store;
    this.jobs = jobs;
  }

  /**
   * Measures on a store that is empty.
   *
   * @param lost how many agents are lost
   */
  static void measure(Bench bench, String name, Store store, int jobs, int agents, int lost) {
    PlanCommit commit = new PlanCommit(store, jobs);
    commit.fill(agents);
    String suffix = ".%s.%dx%d".formatted(name, jobs, agents);
    bench.add(
        Figure.lower("plan.commit.first" + suffix, "s", Samples.of(seconds(commit::place)))
            .goal(Goal.atMost(GOAL_FIRST)));
    List<Double> losses = new ArrayList<>();
    for (String agent : List.copyOf(commit.online).subList(0, lost)) {
      losses.add(seconds(() -> commit.lose(agent)));
    }
    bench.add(
        Figure.lower("plan.commit.loss" + suffix, "s", Samples.of(losses))
            .goal(Goal.atMost(GOAL_LOSS)));
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private void fill(int agents) {
    Instant now = Instant.now();
    store.execute(tx -> {
      tx.runtimes().create(RUNTIME, "", List.of(), now);
      for (int i = 0; i < agents; i++) {
        String key = "%08x-0000-4000-8000-000000000000".formatted(i);
        online.add(key);
        Hello hello = new Hello("first", 0, now.toEpochMilli(), node(i));
        tx.agents().hello(key, hello, 2 * jobs / agents, false, now);
      }
    });
    for (int from = 0; from < jobs; from += PIECE) {
      int first = from;
      store.execute(tx -> {
        for (int i = first; i < Math.min(jobs, first + PIECE); i++) {
          String jobid = "%024x".formatted(i * 0x9e3779b97f4a7c15L);
          tx.jobs().create(jobid, definition("job-" + i), "bench", now);
        }
      });
    }
  }

  /** One round. */
  private void place() {
    List<Move> moves = store.read(tx -> Placement.changes(Survey.read(tx, Mode.HASH, Set.of())));
    Set<String> changed = store.write(tx -> Placement.carryOut(tx, moves, tx.now()));
    if (changed.isEmpty()) {
      throw new IllegalStateException("nothing was placed");
    }
  }

  /** An agent is taken for dead, and its jobs are given to others. */
  private void lose(String key) {
    online.remove(key);
    Fencing done =
        store.write(tx -> {
          tx.agents().online(online);
          AgentRow agent = tx.agents().find(key).orElseThrow();
          return tx.agents()
              .fence(
                  key, agent.standing().leaseuntil(), Duration.ofSeconds(1), agent.revision() + 1);
        });
    if (!(done instanceof Fencing.Fenced)) {
      throw new IllegalStateException(key + " is not fenced: " + done);
    }
    place();
  }

  private static Node node(int number) {
    return new Node(
        Node.AGENT,
        "host" + number,
        "",
        RUNTIME,
        "linux",
        "amd64",
        "10.0.0." + number,
        "http://10.0.0." + number + ":8600",
        1,
        true,
        1,
        1,
        null);
  }

  private static JobDefinition definition(String name) {
    return new JobDefinition(
        RUNTIME,
        "",
        name,
        "true",
        "",
        List.of(),
        0,
        List.of(),
        true,
        Overlap.SKIP,
        Missed.SKIP,
        0,
        Guarantee.LEASED,
        null,
        "",
        List.of(),
        "");
  }
}
