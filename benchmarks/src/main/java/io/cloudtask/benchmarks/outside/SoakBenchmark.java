package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Line;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Proc;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Standalone;
import io.cloudtask.benchmarks.process.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** {@code soak}: a standalone runs many small jobs for a long time, and is looked at meanwhile. */
public final class SoakBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int JOBS = 100;
  private static final int PERIOD = 2;
  private static final double LEVEL = 0.1;

  /**
   * How it was at a moment.
   *
   * @param minutes since the beginning
   */
  private record Look(double minutes, double megabytes, long descriptors, double disk, long runs) {}

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String about() {
    return "20 minutes at 50 runs/s: how memory, descriptors and disk grow in the second half";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Duration length = bench.choose(Duration.ofSeconds(10), Duration.ofMinutes(20));
    Path place = bench.directory("standalone");
    Standalone standalone = bench.closing(Standalone.start(bench.home(), place));
    Rest api = standalone.api();
    api.apply(JobFiles.of("soak", 0, JOBS, "true", "every: " + PERIOD + "s"));
    Until.holds("the jobs are held", PATIENCE, () -> api.isPlaced(JOBS));
    List<Look> looks = new ArrayList<>();
    Proc process = new Proc(standalone.process().pid());
    long began = System.nanoTime();
    try (Connection store = standalone.store()) {
      while (System.nanoTime() - began < length.toNanos()) {
        Thread.sleep(length.dividedBy(40));
        double minutes = (System.nanoTime() - began) / 60e9;
        looks.add(
            new Look(
                minutes,
                process.residentMegabytes(),
                process.descriptors(),
                disk(place),
                runs(store)));
      }
    }
    tell(bench, looks.subList(looks.size() / 2, looks.size()));
  }

  private static void tell(Bench bench, List<Look> looks) {
    String note = bench.choose("too short to tell", "");
    Figure memory = slope("soak.memory.slope", "MB/min", looks, Look::megabytes).note(note);
    Figure open = slope("soak.descriptors.slope", "1/min", looks, Look::descriptors).note(note);
    bench.add(bench.choose(memory, memory.goal(Goal.atMost(LEVEL))));
    bench.add(bench.choose(open, open.goal(Goal.atMost(LEVEL))));
    bench.add(
        Figure.lower(
            "soak.memory", "MB", Samples.of(looks.stream().map(Look::megabytes).toList())));
    Look first = looks.getFirst();
    Look last = looks.getLast();
    long runs = last.runs() - first.runs();
    bench.add(
        Figure.higher(
                "soak.rate", "runs/s", Samples.of(runs / ((last.minutes() - first.minutes()) * 60)))
            .limit("are due", (double) JOBS / PERIOD)
            .goal(Goal.ratioAtLeast(0.95)));
    double kilobytes = (last.disk() - first.disk()) * 1024 / Math.max(1, runs);
    bench.add(Figure.lower("soak.disk", "kB/run", Samples.of(Math.max(0, kilobytes))).note(note));
  }

  private static Figure slope(
      String name, String unit, List<Look> looks, ToDoubleFunction<Look> value) {
    List<Line.Point> points =
        looks.stream()
            .map(look -> new Line.Point(look.minutes(), value.applyAsDouble(look)))
            .toList();
    return Figure.lower(name, unit, Samples.of(Line.slope(points)));
  }

  /** Megabytes in all files of a directory, some of which come and go. */
  private static double disk(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += size(file);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
      return disk(directory);
    }
    return bytes / 1048576.0;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private static long runs(Connection store) throws SQLException {
    try (Statement statement = store.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM run WHERE endedat IS NOT NULL")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
