package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Compiled;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.RunScript;
import io.cloudtask.benchmarks.process.Standalone;
import io.cloudtask.benchmarks.process.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code lateness}: from the due instant to the first instruction of what the job starts. The jobs
 * are due at even seconds; the C program starts the same script at odd ones, beside them, so that
 * both see the same machine.
 */
public final class LatenessBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PERIOD = 2;
  private static final int BURST = 60;
  private static final double MEDIAN_GOAL = 1.5;
  private static final double TAIL_GOAL = 3;
  private static final double BURST_GOAL = 1.3;

  /** What is measured: so many jobs at each instant, beside so many that are not due. */
  private record Scene(String name, int jobs, int idle) {}

  @Override
  public String name() {
    return "lateness";
  }

  @Override
  public String about() {
    return "due instant to the first instruction of the job; against a C program that sleeps to the"
        + " instant and spawns the same";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Path programs = bench.directory("programs");
    Optional<Path> stamp = Compiled.program("stamp", programs);
    Optional<Path> punctual = Compiled.program("punctual", programs);
    List<Scene> scenes =
        bench.choose(
            List.of(new Scene("one", 1, 0), new Scene("burst", BURST, 0)),
            List.of(
                new Scene("one", 1, 0),
                new Scene("burst", BURST, 0),
                new Scene("beside10000", 1, 10_000)));
    for (Scene scene : scenes) {
      measure(bench, scene, stamp, punctual);
    }
  }

  private static void measure(
      Bench bench, Scene scene, Optional<Path> stamp, Optional<Path> punctual) throws Exception {
    int rounds = bench.choose(4, scene.jobs() > 1 ? 20 : 30);
    Path place = bench.directory(scene.name());
    Path ours = place.resolve("ours");
    Path theirs = place.resolve("theirs");
    List<Double> limit = new ArrayList<>();
    try (Standalone standalone = bench.closing(Standalone.start(bench.home(), place))) {
      Rest api = standalone.api();
      JobFiles.applyIdle(api, 0, scene.idle());
      api.apply(
          JobFiles.of("late", 0, scene.jobs(), command(stamp, ours), "every: " + PERIOD + "s"));
      Until.holds(
          "the jobs are held", PATIENCE, () -> api.isPlaced((long) scene.idle() + scene.jobs()));
      Until.holds("each has run", PATIENCE, () -> lines(ours) >= 2L * scene.jobs());
      bench.say("%s: %d instants".formatted(scene.name(), rounds));
      long first = Instant.now().getEpochSecond() / PERIOD * PERIOD + PERIOD + 1;
      if (punctual.isPresent()) {
        Path script = RunScript.write(place, command(stamp, theirs));
        Compiled.output(
            punctual.get().toString(),
            "" + first,
            "" + PERIOD,
            "" + rounds,
            "" + scene.jobs(),
            script.toString());
        limit = lateness(theirs, 0);
      } else {
        Thread.sleep(Duration.ofSeconds((long) PERIOD * rounds));
      }
      add(bench, scene, lateness(ours, first), limit);
    }
  }

  private static void add(Bench bench, Scene scene, List<Double> subject, List<Double> limit) {
    @Nullable Samples yardstick = limit.isEmpty() ? null : Samples.of(limit);
    Samples samples = Samples.of(subject);
    String name = "lateness." + scene.name();
    if (scene.jobs() > 1) {
      Figure last = Figure.lower(name + ".last", "ms", samples);
      bench.add(with(last, yardstick == null ? null : yardstick.median(), BURST_GOAL));
      return;
    }
    bench.add(
        with(
            Figure.lower(name, "ms", samples),
            yardstick == null ? null : yardstick.median(),
            MEDIAN_GOAL));
    bench.add(
        with(
            Figure.lower(name + ".p99", "ms", Samples.of(samples.percentile(99))),
            yardstick == null ? null : yardstick.percentile(99),
            TAIL_GOAL));
  }

  private static Figure with(Figure figure, @Nullable Double limit, double goal) {
    Figure judged = figure.goal(Goal.ratioAtMost(goal));
    return limit == null
        ? judged.note("no limit: there is no C compiler")
        : judged.limit("the same from C", limit);
  }

  private static String command(Optional<Path> stamp, Path file) {
    return stamp
        .map(program -> "%s %s \"$CLOUDTASK_FIRE_TIME\"".formatted(program, file))
        .orElse("echo \"$CLOUDTASK_FIRE_TIME $(date +%%s%%N)\" >>%s".formatted(file));
  }

  private static long lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  /**
   * By instant, in milliseconds, how late the last of its starts was.
   *
   * @param from instants before it do not count: then the jobs were still being handed out
   */
  private static List<Double> lateness(Path file, long from) throws IOException {
    TreeMap<Instant, Double> last = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ", -1);
      Instant due =
          words[0].contains("T")
              ? Instant.parse(words[0])
              : Instant.ofEpochSecond(Long.parseLong(words[0]));
      if (due.getEpochSecond() >= from) {
        long nanos = Long.parseLong(words[1]) - due.getEpochSecond() * 1_000_000_000;
        last.merge(due, nanos / 1e6, Math::max);
      }
    }
    if (last.isEmpty()) {
      throw new IOException("nothing was started in time: " + file + " says nothing of it");
    }
    return List.copyOf(last.values());
  }
}
