package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Cluster;
import io.cloudtask.benchmarks.process.Compiled;
import io.cloudtask.benchmarks.process.Launched;
import io.cloudtask.benchmarks.process.Standalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code start}: each role is started again and again, on what it left the last time. */
public final class StartBenchmark implements Benchmark {
  private static final double NANOS = 1e6;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String about() {
    return "from the launcher to the ready line: agent, center, standalone; against java -version";
  }

  @Override
  public void run(Bench bench) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path alone = bench.directory("standalone");
    Cluster cluster =
        bench.closing(
            Cluster.prepare(bench.home(), bench.directory("cluster"), Cluster.Settings.USUAL));
    List<Double> version = new ArrayList<>();
    List<Double> agent = new ArrayList<>();
    List<Double> center = new ArrayList<>();
    List<Double> standalone = new ArrayList<>();
    // The first of each makes its files, and has the programs read from the disk: it does not
    // count.
    int rounds = bench.choose(3, 11);
    for (int round = 0; round < rounds; round++) {
      long began = System.nanoTime();
      Compiled.output(java.toString(), "--version");
      double took = (System.nanoTime() - began) / NANOS;
      double centers = millis(cluster.startCenter());
      double agents = millis(cluster.startAgent("agent"));
      double whole;
      try (Standalone process = Standalone.start(bench.home(), alone)) {
        whole = process.process().start().toNanos() / NANOS;
      }
      if (round > 0) {
        version.add(took);
        center.add(centers);
        agent.add(agents);
        standalone.add(whole);
      }
    }
    double limit = Samples.of(version).median();
    bench.add(figure("start.agent", agent, limit, 500));
    bench.add(figure("start.center", center, limit, 1500));
    bench.add(figure("start.standalone", standalone, limit, 2000));
  }

  private static double millis(Launched process) throws InterruptedException {
    try (process) {
      return process.start().toNanos() / NANOS;
    }
  }

  private static Figure figure(String name, List<Double> samples, double limit, double goal) {
    return Figure.lower(name, "ms", Samples.of(samples))
        .limit("java -version", limit)
        .goal(Goal.atMost(goal));
  }
}
