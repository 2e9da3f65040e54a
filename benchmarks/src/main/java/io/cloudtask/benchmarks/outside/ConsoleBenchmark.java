package io.cloudtask.benchmarks.outside;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Standalone;
import io.cloudtask.benchmarks.process.Until;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * {@code console}: what pages ask for, over many jobs and a long history. By hand the rows of the
 * same page are read by JDBC from the same file, beside the server.
 */
public final class ConsoleBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final double ANSWER_MILLIS = 200;
  private static final double VIEWER_MILLIS = 300;
  private static final int PAGE = 50;

  private static final String JOBS =
      "SELECT j.*, s.* FROM job j JOIN job_state s ON s.jobid = j.jobid WHERE j.deletedat IS NULL";

  @Override
  public String name() {
    return "console";
  }

  @Override
  public String about() {
    return "10,000 jobs and 1,000,000 runs: list, filter, history, search, 500 viewers with live"
        + " pages; against the same SQL by hand";
  }

  @Override
  public void run(Bench bench) throws Exception {
    int jobs = bench.choose(1000, 10_000);
    int runs = bench.choose(50_000, 1_000_000);
    Path place = bench.directory("standalone");
    try (Standalone first = Standalone.start(bench.home(), place)) {
      Rest api = first.api();
      JobFiles.applyIdle(api, 0, jobs);
      Until.holds("the jobs are held", PATIENCE, () -> api.isPlaced(jobs));
    }
    bench.say("writing %,d runs".formatted(runs));
    History history;
    try (Connection store = Standalone.store(place)) {
      history = History.write(store, runs);
    }
    Standalone standalone = bench.closing(Standalone.start(bench.home(), place));
    Connection store = bench.closing(standalone.store());
    Rest api = standalone.api();
    for (Question question : questions(history, jobs)) {
      bench.say(question.name());
      ask(bench, api, store, question);
    }
    viewers(bench, api);
  }

  /** A page, and the SQL that reads its rows; both are given the same word. */
  private record Question(String name, String path, String sql, List<String> words) {}

  private static List<Question> questions(History history, int jobs) {
    Random random = new Random(5);
    List<String> offsets = random.ints(100, 0, jobs - PAGE).mapToObj(Integer::toString).toList();
    List<String> ids = history.some(random);
    List<String> numbers = random.ints(100, 0, jobs).mapToObj("%04d"::formatted).toList();
    List<String> any = List.of("");
    return List.of(
        new Question(
            "list",
            "/api/v1/jobs?limit=" + PAGE + "&offset=%s",
            JOBS + " ORDER BY j.runtime, j.grp, j.name LIMIT 50 OFFSET %s",
            offsets),
        new Question(
            "filter",
            "/api/v1/jobs?limit=" + PAGE + "&text=%s",
            JOBS + " AND LOWER(j.name) LIKE '%%%s%%' ORDER BY j.runtime, j.grp, j.name LIMIT 50",
            numbers),
        new Question(
            "history",
            "/api/v1/runs?limit=" + PAGE + "&job=%s",
            "SELECT * FROM run WHERE jobid = '%s' ORDER BY runid DESC LIMIT 50",
            ids),
        new Question(
            "newest",
            "/api/v1/runs?limit=" + PAGE,
            "SELECT r.*, j.name FROM run r JOIN job j ON j.jobid = r.jobid"
                + " ORDER BY r.runid DESC LIMIT 50",
            any),
        new Question(
            "failed",
            "/api/v1/runs?state=failed&limit=" + PAGE,
            "SELECT r.*, j.name FROM run r JOIN job j ON j.jobid = r.jobid"
                + " WHERE r.state = 'FAILED' ORDER BY r.runid DESC LIMIT 50",
            any),
        new Question(
            "search",
            "/api/v1/search?text=%s",
            JOBS + " AND LOWER(j.name) LIKE '%%%s%%' LIMIT 8",
            numbers),
        new Question(
            "overview", "/api/v1/overview", "SELECT state, count(*) FROM run GROUP BY state", any));
  }

  private static void ask(Bench bench, Rest api, Connection store, Question question)
      throws Exception {
    List<Double> answers = new ArrayList<>();
    List<Double> byHand = new ArrayList<>();
    int rounds = bench.choose(20, 200);
    for (int i = -rounds / 4; i < rounds; i++) {
      String word = question.words().get(Math.floorMod(i, question.words().size()));
      long began = System.nanoTime();
      api.get(question.path().formatted(word));
      long between = System.nanoTime();
      read(store, question.sql().formatted(word));
      if (i >= 0) { // those before warm up
        answers.add((between - began) / 1e6);
        byHand.add((System.nanoTime() - between) / 1e6);
      }
    }
    bench.add(
        p95("console." + question.name(), answers)
            .limit("SQL by hand", Samples.of(byHand).percentile(95))
            .goal(Goal.atMost(ANSWER_MILLIS)));
  }

  /** Every value of every row. */
  private static void read(Connection store, String sql) throws SQLException {
    try (var statement = store.createStatement();
        var rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          Object _ = rows.getObject(i);
        }
      }
    }
  }

  private static Figure p95(String name, List<Double> millis) {
    Samples samples = Samples.of(millis);
    return Figure.lower(name + ".p95", "ms", Samples.of(samples.percentile(95)))
        .note("median %.1f ms of %d".formatted(samples.median(), samples.count()));
  }

  private static void viewers(Bench bench, Rest api) throws Exception {
    int count = bench.choose(100, 500);
    bench.say("%d viewers, while a job runs every second".formatted(count));
    api.apply("jobs: [{name: beat, command: 'true', schedules: [{every: 1s}]}]");
    List<Double> answers =
        Viewers.look(api, count, Duration.ofSeconds(bench.choose(5, 20)), "/api/v1/jobs?limit=50");
    bench.add(p95("console.viewers." + count, answers).goal(Goal.atMost(VIEWER_MILLIS)));
  }
}
