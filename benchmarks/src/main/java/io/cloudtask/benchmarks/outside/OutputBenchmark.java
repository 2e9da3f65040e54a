package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Cluster;
import io.cloudtask.benchmarks.process.Compiled;
import io.cloudtask.benchmarks.process.Proc;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Until;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;

/** {@code output}: a job prints a file that is in the cache of the kernel. */
public final class OutputBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MEBI = 1 << 20;
  private static final double TIME_GOAL = 1.5;
  private static final double MEMORY_GOAL = 20;

  @Override
  public String name() {
    return "output";
  }

  @Override
  public String about() {
    return "a job that prints a gigabyte: time and memory of the agent; against cat through a pipe"
        + " into a file";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Path place = bench.directory("files");
    Path big = place.resolve("big");
    int megabytes = bench.choose(128, 1024);
    write(big, megabytes);
    Cluster cluster =
        bench.closing(
            Cluster.prepare(bench.home(), bench.directory("cluster"), Cluster.Settings.USUAL));
    cluster.startCenter();
    Proc agent = new Proc(cluster.startAgent("agent").pid());
    Rest api = cluster.api();
    api.apply("jobs: [{name: flood, command: 'cat %s'}]".formatted(big));
    Until.holds("the job is held", PATIENCE, () -> api.isPlaced(1));
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> growth = new ArrayList<>();
    for (int round = 0; round < bench.choose(2, 5); round++) {
      double before = agent.residentMegabytes();
      ours.add(flood(api, round));
      growth.add(Math.max(0, agent.mostResidentMegabytes() - before));
      theirs.add(cat(big, place.resolve("copy")));
    }
    bench.add(
        Figure.lower("output.time", "s", Samples.of(ours))
            .limit("cat | cat >file", Samples.of(theirs).median())
            .goal(Goal.ratioAtMost(TIME_GOAL))
            .note(megabytes + " MB, from the start of the process to its end"));
    // Later rounds find the room that the first one took.
    bench.add(
        Figure.lower("output.memory", "MB more", Samples.of(growth.getFirst()))
            .goal(Goal.atMost(MEMORY_GOAL)));
  }

  private static void write(Path file, int megabytes) throws IOException {
    byte[] piece = new byte[MEBI];
    Arrays.fill(piece, (byte) 'x');
    for (int i = 79; i < piece.length; i += 80) {
      piece[i] = '\n';
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < megabytes; i++) {
        out.write(piece);
      }
    }
  }

  private static double flood(Rest api, int before) throws Exception {
    api.post("/api/v1/jobs/flood/start");
    Until.holds("the job has ended", PATIENCE, () -> ended(api).size() > before);
    RunView run = ended(api).getFirst();
    Instant started = Objects.requireNonNull(run.startedat(), "a run that ended was started");
    Instant ended = Objects.requireNonNull(run.endedat(), "a run that ended has an end");
    return Duration.between(started, ended).toNanos() / 1e9;
  }

  /** Newest first. */
  private static List<RunView> ended(Rest api) throws IOException, InterruptedException {
    String text = api.get("/api/v1/runs?job=flood&limit=100");
    Page<RunView> page = Json.MAPPER.readValue(text, new TypeReference<Page<RunView>>() {});
    return page.items().stream().filter(run -> run.state().terminal()).toList();
  }

  private static double cat(Path from, Path to) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Compiled.output("/bin/sh", "-c", "cat '%s' | cat >'%s'".formatted(from, to));
    double seconds = (System.nanoTime() - began) / 1e9;
    Files.delete(to);
    return seconds;
  }
}
