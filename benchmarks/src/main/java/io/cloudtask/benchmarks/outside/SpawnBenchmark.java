package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Compiled;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.RunScript;
import io.cloudtask.benchmarks.process.Standalone;
import io.cloudtask.benchmarks.process.Until;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code spawn}: many jobs are due at one instant. What counts is when the store has the end of the
 * last run. The C program runs between the instants.
 */
public final class SpawnBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final double GOAL = 0.9;

  /** So many jobs every so many seconds, so often. */
  private record Scene(int jobs, int period, int rounds) {}

  /** Seconds from the due instant on: until the last run had ended, and until the store knew. */
  private record Round(double ended, double stored, int atOnce) {}

  @Override
  public String name() {
    return "spawn";
  }

  @Override
  public String about() {
    return "many jobs due at one instant, until the store has all their ends; against a C loop of"
        + " posix_spawn and waitpid";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Path programs = bench.directory("programs");
    Optional<Path> spawner = Compiled.program("spawner", programs);
    Path script = RunScript.write(programs, "true");
    List<Growth.Point> growth = new ArrayList<>();
    List<Scene> scenes =
        bench.choose(
            List.of(new Scene(500, 5, 2)),
            List.of(new Scene(50, 5, 5), new Scene(500, 10, 5), new Scene(5000, 30, 2)));
    for (Scene scene : scenes) {
      double stored = measure(bench, scene, spawner, script);
      growth.add(new Growth.Point(scene.jobs(), stored));
    }
    if (growth.size() > 1) {
      bench.add(new Growth("spawn", "jobs at one instant", "s", growth));
    }
  }

  private static double measure(Bench bench, Scene scene, Optional<Path> spawner, Path script)
      throws Exception {
    Path place = bench.directory("standalone" + scene.jobs());
    List<Double> ended = new ArrayList<>();
    List<Double> stored = new ArrayList<>();
    List<Double> limit = new ArrayList<>();
    try (Standalone standalone = bench.closing(Standalone.start(bench.home(), place));
        Connection store = standalone.store()) {
      Rest api = standalone.api();
      api.apply(JobFiles.of("spawn", 0, scene.jobs(), "true", "every: " + scene.period() + "s"));
      Until.holds("the jobs are held", PATIENCE, () -> api.isPlaced(scene.jobs()));
      bench.say("%,d jobs at one instant".formatted(scene.jobs()));
      for (int round = 0; round <= scene.rounds(); round++) {
        Round each = round(store, scene);
        double c = spawner.isPresent() ? inC(spawner.get(), scene, each.atOnce(), script) : 0;
        if (round > 0) { // the first one warms up
          ended.add(scene.jobs() / each.ended());
          stored.add(scene.jobs() / each.stored());
          limit.add(c);
        }
      }
    }
    add(bench, "spawn.ended." + scene.jobs(), ended, limit, spawner.isPresent(), false);
    add(bench, "spawn." + scene.jobs(), stored, limit, spawner.isPresent(), scene.jobs() >= 500);
    return scene.jobs() / Samples.of(stored).median();
  }

  private static void add(
      Bench bench,
      String name,
      List<Double> rates,
      List<Double> limit,
      boolean compiler,
      boolean judged) {
    Figure figure = Figure.higher(name, "runs/s", Samples.of(rates));
    if (judged) {
      figure = figure.goal(Goal.ratioAtLeast(GOAL));
    }
    bench.add(
        compiler
            ? figure.limit("C loop", Samples.of(limit).median())
            : figure.note("no limit: there is no C compiler"));
  }

  private static Round round(Connection store, Scene scene) throws Exception {
    long period = scene.period();
    Instant due = Instant.ofEpochSecond(Instant.now().getEpochSecond() / period * period + period);
    Thread.sleep(Duration.between(Instant.now(), due).plusMillis(1));
    Instant[] known = {due};
    Until.holds(
        "the store has all ends",
        PATIENCE,
        LOOK,
        () -> {
          known[0] = Instant.now();
          return ended(store, due) >= scene.jobs();
        });
    return new Round(seconds(due, lastEnd(store, due)), seconds(due, known[0]), atOnce(store, due));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  private static long ended(Connection store, Instant due) throws SQLException {
    return number(store, "SELECT count(*) FROM run WHERE fireat = ? AND state = 'SUCCEEDED'", due);
  }

  private static long skipped(Connection store, Instant due) throws SQLException {
    return number(store, "SELECT count(*) FROM gap WHERE ? BETWEEN firstat AND lastat", due);
  }

  private static Instant lastEnd(Connection store, Instant due) throws SQLException {
    return Instant.ofEpochMilli(
        number(store, "SELECT max(endedat) FROM run WHERE fireat = ?", due));
  }

  /** How many processes there were beside each other, on the average. */
  private static int atOnce(Connection store, Instant due) throws SQLException {
    return (int)
        number(
            store,
            """
            SELECT max(1, round(sum(endedat - startedat) * 1.0 / (max(endedat) - min(startedat))))
            FROM run WHERE fireat = ?
            """,
            due);
  }

  private static long number(Connection store, String sql, Instant due) throws SQLException {
    try (PreparedStatement statement = store.prepareStatement(sql)) {
      statement.setLong(1, due.toEpochMilli());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static double inC(Path spawner, Scene scene, int atOnce, Path script) throws Exception {
    String nanos =
        Compiled.output(spawner.toString(), "" + scene.jobs(), "" + atOnce, script.toString());
    return scene.jobs() / (Long.parseLong(nanos.strip()) / 1e9);
  }
}
