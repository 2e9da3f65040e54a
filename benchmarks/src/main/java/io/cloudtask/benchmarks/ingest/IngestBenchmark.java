package io.cloudtask.benchmarks.ingest;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Postgres;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.store.PostgresSettings;
import io.cloudtask.store.Reports;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code ingest}: agents report runs, in batches as they send them, and each batch is committed
 * before the next of that agent. By hand the same rows are written in the same batches by as many
 * connections, to a database of the same tables. Rounds of both alternate.
 */
public final class IngestBenchmark implements Benchmark {
  private static final double RATIO = 0.5;
  private static final double RATE = 10_000;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SQLITE_SETUP = "PRAGMA synchronous = FULL";

  /** Something that takes batches of one agent. */
  private interface Taker {
    void take(String agentkey, ReportBatch batch) throws SQLException;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String about() {
    return "reports with 1 kB of output into SQLite and PostgreSQL; against batch INSERTs of the"
        + " same rows";
  }

  @Override
  public void run(Bench bench) throws Exception {
    bench.say("SQLite, one agent after another");
    sqlite(bench);
    bench.say("PostgreSQL, four agents beside each other");
    postgres(bench);
  }

  private static void sqlite(Bench bench) throws Exception {
    Path directory = bench.directory("sqlite");
    Path ours = directory.resolve("ours.db");
    Path theirs = directory.resolve("theirs.db");
    Store.open(theirs, Clock.systemUTC()).close();
    Store store = bench.closing(Store.open(ours, Clock.systemUTC()));
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + theirs);
    ByHand hand = bench.closing(new ByHand(connection, SQLITE_SETUP));
    Figure figure = measure(bench, "ingest.sqlite", store, List.of(hand::write));
    bench.add(figure.goal(Goal.ratioAtLeast(RATIO)));
  }

  private static void postgres(Bench bench) throws Exception {
    Postgres server;
    try {
      server = bench.closing(Postgres.start(bench.directory("postgres")));
    } catch (IOException | IllegalStateException e) {
      bench.missing("ingest.postgresql", "no PostgreSQL starts here: " + e.getMessage());
      return;
    }
    String theirs = server.create("theirs");
    Store.connect(new PostgresSettings(theirs, Postgres.USER, "")).close();
    Store store =
        bench.closing(
            Store.connect(new PostgresSettings(server.create("ours"), Postgres.USER, "")));
    List<Taker> hands = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Connection connection =
          DriverManager.getConnection(theirs + "?reWriteBatchedInserts=true", Postgres.USER, "");
      hands.add(bench.closing(new ByHand(connection, ""))::write);
    }
    Figure figure = measure(bench, "ingest.postgresql", store, hands);
    bench.add(figure.goal(Goal.ratioAtLeast(RATIO)));
    bench.add(
        new Figure(
            "ingest.postgresql.rate",
            figure.unit(),
            figure.better(),
            figure.samples(),
            figure.median(),
            figure.p99(),
            null,
            Goal.atLeast(RATE),
            ""));
  }

  /** As many agents as there are hands. */
  private static Figure measure(Bench bench, String name, Store store, List<Taker> hands)
      throws Exception {
    List<Reported> ours = new ArrayList<>();
    List<Reported> theirs = new ArrayList<>();
    List<Taker> stores = new ArrayList<>();
    for (int i = 0; i < hands.size(); i++) {
      Reported agent = new Reported(i, BEGIN);
      agent.settle(store);
      ours.add(agent);
      theirs.add(new Reported(i, BEGIN));
      stores.add((key, batch) -> apply(store, key, batch));
    }
    int batches = bench.choose(10, 40);
    List<Double> subject = new ArrayList<>();
    List<Double> limit = new ArrayList<>();
    for (int round = 0; round <= bench.choose(3, 9); round++) {
      double s = rate(ours, stores, batches);
      double l = rate(theirs, hands, batches);
      if (round > 0) { // the first one warms up
        subject.add(s);
        limit.add(l);
      }
    }
    return Figure.higher(name, "runs/s", Samples.of(subject))
        .limit("batch INSERT", Samples.of(limit).median());
  }

  private static void apply(Store store, String agentkey, ReportBatch batch) {
    Reports.Outcome outcome = store.write(tx -> tx.reports().apply(agentkey, batch, BEGIN));
    if (!(outcome instanceof Reports.Outcome.Applied)) {
      throw new IllegalStateException("the store refuses a batch: " + outcome);
    }
  }

  /** Batches are made before the clock runs. */
  private static double rate(List<Reported> agents, List<Taker> takers, int batches)
      throws Exception {
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      Reported agent = agents.get(i);
      Taker taker = takers.get(i);
      List<ReportBatch> all = new ArrayList<>();
      for (int b = 0; b < batches; b++) {
        all.add(agent.batch());
      }
      work.add(() -> {
        for (ReportBatch batch : all) {
          taker.take(agent.agentkey(), batch);
        }
        return null;
      });
    }
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(agents.size())) {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return agents.size() * batches * Reported.RUNS_IN_BATCH / seconds;
  }
}
