package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Cluster;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Proc;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Standalone;
import io.cloudtask.benchmarks.process.Until;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code idle}: what it costs to hold jobs that are not due. */
public final class IdleBenchmark implements Benchmark {
  private static final double MOST_PERCENT = 0.1;
  private static final Map<Integer, Double> MOST_MEGABYTES = Map.of(0, 80.0, 10_000, 120.0);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String AGENT = "agent";
  private static final String SLEEPER = "sleeper";

  private record Cost(double megabytes, double percent) {}

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String about() {
    return "memory and processor time with jobs that are due far away; against a JVM that sleeps";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Cost sleeper = sleeper(bench);
    Cluster cluster =
        bench.closing(
            Cluster.prepare(bench.home(), bench.directory("cluster"), Cluster.Settings.USUAL));
    Map<String, Proc> roles = new LinkedHashMap<>();
    roles.put("center", new Proc(cluster.startCenter().pid()));
    roles.put(AGENT, new Proc(cluster.startAgent(AGENT).pid()));
    series(bench, sleeper, cluster.api(), roles);
    cluster.close();
    Standalone alone = bench.closing(Standalone.start(bench.home(), bench.directory("standalone")));
    series(bench, sleeper, alone.api(), Map.of("standalone", new Proc(alone.process().pid())));
  }

  private static Cost sleeper(Bench bench) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-Xms16m",
                "-Xss512k",
                "-cp",
                System.getProperty("java.class.path"),
                "io.cloudtask.benchmarks.process.Sleeper")
            .start();
    bench.closing(() -> process.destroyForcibly().waitFor());
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      String ready = reader.readLine();
      if (ready == null) {
        throw new IOException("the JVM that sleeps did not start");
      }
      return Objects.requireNonNull(
          costs(bench, Map.of(SLEEPER, new Proc(process.pid()))).get(SLEEPER));
    } finally {
      process.destroyForcibly();
    }
  }

  private static void series(Bench bench, Cost sleeper, Rest api, Map<String, Proc> roles)
      throws Exception {
    Map<String, List<Growth.Point>> points = new LinkedHashMap<>();
    int there = 0;
    for (int jobs : bench.choose(List.of(0, 1000), List.of(0, 1000, 10_000, 100_000))) {
      bench.say("%s with %,d jobs".formatted(roles.keySet(), jobs));
      JobFiles.applyIdle(api, there, jobs - there);
      there = jobs;
      try {
        Until.holds(
            "all jobs are held", PATIENCE, Duration.ofMillis(500), () -> api.isPlaced(jobs));
      } catch (IOException e) {
        bench.missing(
            "idle with " + jobs + " jobs: " + roles.keySet(), String.valueOf(e.getMessage()));
        return;
      }
      costs(bench, roles)
          .forEach((role, cost) -> {
            add(bench, role, jobs, cost, sleeper);
            if (jobs > 0) {
              points
                  .computeIfAbsent(role, _ -> new ArrayList<>())
                  .add(new Growth.Point(jobs, cost.megabytes()));
            }
          });
    }
    points.forEach((role, each) -> {
      if (each.size() > 1) {
        bench.add(new Growth("idle." + role + ".memory", "jobs", "MB", each));
      }
    });
  }

  private static void add(Bench bench, String role, int jobs, Cost cost, Cost sleeper) {
    String what = "a sleeping JVM";
    @Nullable Double most = role.equals(AGENT) ? MOST_MEGABYTES.get(jobs) : null;
    Figure memory =
        Figure.lower("idle.%s.memory.%d".formatted(role, jobs), "MB", Samples.of(cost.megabytes()))
            .limit(what, sleeper.megabytes());
    bench.add(most == null ? memory : memory.goal(Goal.atMost(most)));
    Figure processor =
        Figure.lower("idle.%s.cpu.%d".formatted(role, jobs), "%", Samples.of(cost.percent()))
            .limit(what, sleeper.percent());
    bench.add(role.equals(AGENT) ? processor.goal(Goal.atMost(MOST_PERCENT)) : processor);
  }

  /** When they have come to rest. */
  private static Map<String, Cost> costs(Bench bench, Map<String, Proc> roles)
      throws IOException, InterruptedException {
    Thread.sleep(Duration.ofSeconds(bench.choose(2, 5)));
    Map<String, Duration> before = new LinkedHashMap<>();
    for (Map.Entry<String, Proc> role : roles.entrySet()) {
      before.put(role.getKey(), role.getValue().processorTime());
    }
    long began = System.nanoTime();
    Thread.sleep(Duration.ofSeconds(bench.choose(3, 10)));
    double passed = System.nanoTime() - began;
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (Map.Entry<String, Duration> role : before.entrySet()) {
      Proc process = Objects.requireNonNull(roles.get(role.getKey()));
      double spent = process.processorTime().minus(role.getValue()).toNanos();
      costs.put(role.getKey(), new Cost(process.residentMegabytes(), 100 * spent / passed));
    }
    return costs;
  }
}
