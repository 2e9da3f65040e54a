package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that applies batch after batch and prints the number of each one that was acknowledged,
 * until it is killed. Goes on where it was when it is started again.
 */
final class KilledWriter {
  /** A batch is about so many seconds; the last of them is a gap, each other one has a run. */
  static final int SECONDS = 20;

  /** More than a batch has facts: batch n begins at this times n. */
  private static final long SEQUENCES = 1000;

  private KilledWriter() {}

  public static void main(String[] arguments) {
    Store store = Store.open(Path.of(arguments[0]), Clock.systemUTC());
    Hello hello = new Hello("first", Long.MAX_VALUE, 0, StoreContract.node("alpha"));
    store.execute(tx -> {
      tx.runtimes().create("local", "", List.of(), StoreContract.NOW);
      tx.agents().hello(StoreContract.AGENT, hello, 255, false, StoreContract.NOW);
    });
    long applied =
        store.<Long>read(tx -> tx.agents().find(StoreContract.AGENT).orElseThrow().applied());
    for (long n = applied / SEQUENCES + 1; ; n++) {
      // The one before comes again each time, as from an agent that missed the answer.
      apply(store, n - 1);
      apply(store, n);
      System.out.println(n);
    }
  }

  private static void apply(Store store, long n) {
    if (n > 0) {
      ReportBatch batch = batch(n);
      store.execute(tx -> tx.reports().apply(StoreContract.AGENT, batch, StoreContract.NOW));
    }
  }

  private static ReportBatch batch(long n) {
    List<Fact> facts = new ArrayList<>();
    Instant start = StoreContract.at(n * SECONDS);
    for (int i = 0; i < SECONDS - 1; i++) {
      facts.add(Facts.granted(start.plusSeconds(i)));
      facts.add(Facts.ended(start.plusSeconds(i), RunState.SUCCEEDED, ""));
    }
    Instant gap = start.plusSeconds(SECONDS - 1);
    facts.add(Facts.gap(gap, gap, 1, GapReason.OVERLAP, gap.minusSeconds(1)));
    List<Report> reports = new ArrayList<>();
    facts.forEach(fact -> reports.add(new Report(n * SEQUENCES + reports.size(), fact)));
    return new ReportBatch("first", reports, List.of());
  }
}
