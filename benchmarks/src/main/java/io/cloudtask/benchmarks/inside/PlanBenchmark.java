package io.cloudtask.benchmarks.inside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Postgres;
import io.cloudtask.center.allocate.Allocator;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.store.PostgresSettings;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code plan}. */
public final class PlanBenchmark implements Benchmark {
  private static final int GOAL_JOBS = 100_000;
  private static final int GOAL_AGENTS = 100;
  private static final double GOAL_MILLIS = 1000;
  private static final double GOAL_EXCESS = 1.1;

  /** The rows from which growth is fitted: this many agents, a growing number of jobs. */
  private static final int FITTED_AGENTS = 100;

  private record Size(int jobs, int agents) {}

  private static final List<Size> QUICK =
      List.of(new Size(10_000, 100), new Size(GOAL_JOBS, GOAL_AGENTS));
  private static final List<Size> ALL =
      List.of(
          new Size(1000, 10),
          new Size(1000, 100),
          new Size(10_000, 10),
          new Size(10_000, 100),
          new Size(GOAL_JOBS, GOAL_AGENTS),
          new Size(100_000, 1000),
          new Size(1_000_000, 100),
          new Size(1_000_000, 1000));

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String about() {
    return "a round of the planner: all jobs, one agent lost, one joined; against sorting as many"
        + " longs";
  }

  @Override
  public void run(Bench bench) throws Exception {
    List<Growth.Point> first = new ArrayList<>();
    List<Growth.Point> loss = new ArrayList<>();
    for (Size size : bench.choose(QUICK, ALL)) {
      bench.say("%,d jobs over %,d agents".formatted(size.jobs, size.agents));
      Map<String, Samples> scores = measure(bench, size);
      String suffix = "." + size.jobs + "x" + size.agents;
      for (String kind : List.of("first", "loss", "join")) {
        Figure figure =
            Figure.lower("plan." + kind + suffix, "ms", Jmh.get(scores, kind))
                .limit("sort", Jmh.get(scores, "sort").median());
        boolean judged = size.jobs == GOAL_JOBS && size.agents == GOAL_AGENTS;
        bench.add(judged ? figure.goal(Goal.atMost(GOAL_MILLIS)) : figure);
      }
      if (size.agents == FITTED_AGENTS) {
        first.add(new Growth.Point(size.jobs, Jmh.get(scores, "first").median()));
        loss.add(new Growth.Point(size.jobs, Jmh.get(scores, "loss").median()));
      }
      moves(bench, size, suffix);
    }
    bench.add(new Growth("plan.first, 100 agents", "jobs", "ms", first));
    bench.add(new Growth("plan.loss, 100 agents", "jobs", "ms", loss));
    commits(bench);
  }

  /** On a virtual machine that has compiled nothing of it yet, like that of a new leader. */
  private static void commits(Bench bench) throws Exception {
    int lost = bench.choose(3, 10);
    bench.say("%,d jobs over %,d agents, with the store".formatted(GOAL_JOBS, GOAL_AGENTS));
    Store sqlite =
        bench.closing(Store.open(bench.directory("commit").resolve("store.db"), Clock.systemUTC()));
    PlanCommit.measure(bench, "sqlite", sqlite, GOAL_JOBS, GOAL_AGENTS, lost);
    try {
      Postgres server = bench.closing(Postgres.start(bench.directory("postgres")));
      PostgresSettings settings = new PostgresSettings(server.create("plan"), Postgres.USER, "");
      Store postgres = bench.closing(Store.connect(settings));
      PlanCommit.measure(bench, "postgresql", postgres, GOAL_JOBS, GOAL_AGENTS, lost);
    } catch (IOException | IllegalStateException e) {
      bench.missing("plan.commit.postgresql", "no PostgreSQL starts here: " + e.getMessage());
    }
  }

  private static Map<String, Samples> measure(Bench bench, Size size) throws RunnerException {
    return Jmh.run(
        new OptionsBuilder()
            .include(PlanRound.class.getName() + "\\.")
            .param("jobs", Integer.toString(size.jobs))
            .param("agents", Integer.toString(size.agents))
            .forks(1)
            .jvmArgs(Jmh.VIRTUAL_MACHINE)
            .warmupIterations(bench.choose(3, 4))
            .measurementIterations(bench.choose(3, 5))
            .verbosity(VerboseMode.SILENT));
  }

  /** How many jobs move against the least that would do, and how even loads are afterwards. */
  private static void moves(Bench bench, Size size, String suffix) {
    Fleet empty = Fleet.of(size.jobs, size.agents);
    Fleet full = empty.after(Allocator.plan(empty.snapshot()));
    bench.add(unevenness("first" + suffix, full));
    Fleet lost = full.withoutFirst();
    judge(bench, "loss" + suffix, lost, size.jobs - lost.held().size());
    judge(bench, "join" + suffix, full.withOneMore(), (double) size.jobs / (size.agents + 1));
  }

  private static void judge(Bench bench, String what, Fleet before, double least) {
    List<Move> moves = Allocator.plan(before.snapshot());
    long moved =
        moves.stream().filter(m -> m instanceof Move.Assign || m instanceof Move.Recall).count();
    bench.add(
        Figure.lower("plan.moved." + what, "jobs", Samples.of(moved))
            .limit("for an even share", least)
            .goal(Goal.ratioAtMost(GOAL_EXCESS)));
    bench.add(unevenness(what, before.after(moves)));
  }

  private static Figure unevenness(String what, Fleet fleet) {
    return Figure.lower("plan.heaviest." + what, "x mean", Samples.of(fleet.unevenness()))
        .goal(Goal.atMost(GOAL_EXCESS));
  }
}
