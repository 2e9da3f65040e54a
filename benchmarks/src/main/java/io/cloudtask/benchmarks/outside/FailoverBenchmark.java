package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Cluster;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Launched;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Until;
import io.cloudtask.model.rest.AgentView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code failover}: an agent is killed as by a power cut. The clock runs until each of its jobs,
 * which are due every second, has been started by the other agent; the jobs write that down
 * themselves.
 */
public final class FailoverBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int JOBS = 10;

  /** What the jobs write: who they are, who has started them, and when. */
  private static final String COMMAND = "echo \"$CLOUDTASK_JOB_ID $PPID $(date +%%s%%N)\" >>%s";

  /** A configuration, the session timeout that it makes, and how soon it is to be over. */
  private record Scene(
      String name, Cluster.Settings settings, double session, double goal, int rounds) {}

  /** As docs/operations.md has it. */
  private static final Cluster.Settings TIGHT =
      new Cluster.Settings("", "pulse: 800ms", "lease: 1s, skew: 200ms", 250);

  private record Start(String job, long parent, Instant at) {}

  @Override
  public String name() {
    return "failover";
  }

  @Override
  public String about() {
    return "kill -9 of an agent until its jobs run elsewhere, as configured by default and tightly;"
        + " against the session timeout";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Scene tight = new Scene("tight", TIGHT, 0.8, 3, bench.choose(1, 6));
    Scene usual = new Scene("default", Cluster.Settings.USUAL, 8, 12, 3);
    for (Scene scene : bench.choose(List.of(tight), List.of(tight, usual))) {
      measure(bench, scene);
    }
  }

  private static void measure(Bench bench, Scene scene) throws Exception {
    Path place = bench.directory(scene.name());
    Path file = place.resolve("starts");
    List<Double> seconds = new ArrayList<>();
    try (Cluster cluster =
        bench.closing(
            Cluster.prepare(
                bench.home(), bench.directory(scene.name() + "/cluster"), scene.settings()))) {
      cluster.startCenter();
      Launched going = cluster.startAgent("agent1");
      Launched next = cluster.startAgent("agent2");
      Rest api = cluster.api();
      Until.holds("both agents are there", PATIENCE, () -> online(api) == 2);
      api.apply(JobFiles.of("beat", 0, JOBS, COMMAND.formatted(file), "every: 1s"));
      for (int round = 0; round < scene.rounds(); round++) {
        Until.holds("the jobs are held", PATIENCE, () -> online(api) == 2 && api.isPlaced(JOBS));
        long victim = going.pid();
        Until.holds("each has run", PATIENCE, () -> parents(file).size() == JOBS);
        Until.holds("it runs some", PATIENCE, () -> parents(file).containsValue(victim));
        double took = kill(going, file);
        bench.say("%s: %.1f s".formatted(scene.name(), took));
        seconds.add(took);
        // The one that was killed comes back, and the other one is next.
        Launched back = cluster.startAgent(round % 2 == 0 ? "agent1" : "agent2");
        going = next;
        next = back;
      }
    }
    bench.add(
        Figure.lower("failover." + scene.name(), "s", Samples.of(seconds))
            .limit("session timeout", scene.session())
            .goal(Goal.atMost(scene.goal())));
  }

  private static double kill(Launched agent, Path file) throws Exception {
    long victim = agent.pid();
    Instant killed = Instant.now();
    agent.kill();
    Set<String> its =
        parents(file).entrySet().stream()
            .filter(each -> each.getValue() == victim)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Until.holds(
        "its jobs run elsewhere",
        PATIENCE,
        () -> {
          Map<String, Long> now = parents(file);
          return its.stream().noneMatch(job -> now.getOrDefault(job, victim) == victim);
        });
    Instant last =
        starts(file).stream()
            .filter(start -> its.contains(start.job()) && start.parent() != victim)
            .filter(start -> start.at().isAfter(killed))
            .collect(
                Collectors.toMap(
                    Start::job, Start::at, (a, b) -> a.isBefore(b) ? a : b, HashMap::new))
            .values()
            .stream()
            .max(Instant::compareTo)
            .orElseThrow();
    return Duration.between(killed, last).toNanos() / 1e9;
  }

  private static long online(Rest api) throws IOException, InterruptedException {
    return api.agents().stream().filter(AgentView::online).count();
  }

  /** By job, who has started it last. */
  private static Map<String, Long> parents(Path file) throws IOException {
    Map<String, Long> parents = new HashMap<>();
    starts(file).forEach(start -> parents.put(start.job(), start.parent()));
    return parents;
  }

  private static List<Start> starts(Path file) throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.split(" ", -1))
        .map(w -> new Start(w[0], Long.parseLong(w[1]), instant(Long.parseLong(w[2]))))
        .toList();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
