package io.cloudtask.benchmarks.ingest;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Ids;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.Agents;
import io.cloudtask.store.Assignments.Placing;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one agent reports: each of its jobs runs every second and prints a kilobyte. Confined to a
 * thread.
 */
final class Reported {
  static final int OUTPUT_BYTES = 1024;

  /** As many facts as an agent sends at once, three for each run. */
  static final int RUNS_IN_BATCH = 166;

  private static final String RUNTIME = "bench";
  private static final String INCARNATION = "first";
  private static final int JOBS = 100;

  private final String agentkey;
  private final List<String> jobs = new ArrayList<>();
  private final byte[] output = new byte[OUTPUT_BYTES];
  private Instant second;
  private int next;
  private long sequence;

  /**
   * @param number of the agent
   * @param begin of what it reports
   */
  Reported(int number, Instant begin) {
    agentkey = "%08x-0000-4000-8000-000000000000".formatted(number);
    for (int i = 0; i < JOBS; i++) {
      jobs.add("%08x%016x".formatted(begin.getEpochSecond() & 0xffffffffL, number * JOBS + i));
    }
    Arrays.fill(output, (byte) 'x');
    second = begin;
  }

  /** The agent says hello, and is given its jobs. */
  void settle(Store store) {
    store.execute(tx -> {
      tx.runtimes().create(RUNTIME, "", List.of(), second);
      Hello hello = new Hello(INCARNATION, 0, second.toEpochMilli(), node());
      if (!(tx.agents().hello(agentkey, hello, JOBS, false, second)
          instanceof Agents.Greeting.Welcomed)) {
        throw new IllegalStateException("the store does not welcome " + agentkey);
      }
      jobs.forEach(job -> create(tx, job));
      List<Placing> placings = jobs.stream().map(job -> new Placing(job, agentkey)).toList();
      if (tx.assignments().assign(placings, second).isEmpty()) {
        throw new IllegalStateException("the store does not give jobs to " + agentkey);
      }
    });
  }

  private void create(Tx tx, String job) {
    JobDefinition definition =
        new JobDefinition(
            RUNTIME,
            "",
            "job-" + job,
            "echo",
            "",
            List.of(),
            0,
            List.of(),
            true,
            Overlap.SKIP,
            Missed.SKIP,
            0,
            Guarantee.LEASED,
            null,
            "",
            List.of(),
            "");
    tx.jobs().create(job, definition, "bench", second);
  }

  private Node node() {
    return new Node(
        Node.AGENT,
        "host-" + agentkey,
        "",
        RUNTIME,
        "linux",
        "amd64",
        "127.0.0.1",
        "http://127.0.0.1:8600",
        1,
        true,
        1,
        1,
        null);
  }

  String agentkey() {
    return agentkey;
  }

  /** The next runs that it has to tell of. */
  ReportBatch batch() {
    List<Report> reports = new ArrayList<>(3 * RUNS_IN_BATCH);
    List<RunOutput> outputs = new ArrayList<>(2 * RUNS_IN_BATCH);
    for (int i = 0; i < RUNS_IN_BATCH; i++) {
      String job = jobs.get(next);
      Instant due = second.plusSeconds(1);
      String run = Ids.scheduledRunId(job, due, 1);
      add(
          reports,
          new Fact.Granted(
              job, run, 1, due, due.plusMillis(1), 1, Trigger.SCHEDULE, false, second));
      add(reports, new Fact.Started(job, run, due.plusMillis(2), 4711));
      add(reports, new Fact.Ended(job, run, RunState.SUCCEEDED, 0, null, due.plusMillis(50), ""));
      outputs.add(new RunOutput(run, RunOutput.STDOUT, OUTPUT_BYTES, 0, 0, output));
      outputs.add(new RunOutput(run, RunOutput.STDERR, 0, 0, 0, new byte[0]));
      next = (next + 1) % JOBS;
      if (next == 0) {
        second = due;
      }
    }
    return new ReportBatch(INCARNATION, reports, outputs);
  }

  private void add(List<Report> reports, Fact fact) {
    sequence++;
    reports.add(new Report(sequence, fact));
  }
}
