package io.cloudtask.center.lead;

import io.cloudtask.center.notify.NodeEvent;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.wire.Node;
import io.cloudtask.schedule.MonthlyOf;
import io.cloudtask.schedule.ScheduleDefinition;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.UnsettledRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** A store, a coordinator and their clock, which goes only when a test says so; no threads. */
final class Site implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final Duration SESSION = Duration.ofSeconds(10);
  static final LeadSettings SETTINGS = LeadSettings.CLUSTER;

  final Store store;
  final MemoryCoordination coordination;
  final List<NodeEvent> events = new ArrayList<>();
  final List<Set<String>> changed = new ArrayList<>();
  private final Queue<Runnable> listeners = new ArrayDeque<>();
  private Instant now = NOW;
  private int made;

  Site(Path dir) {
    store = Store.open(dir.resolve("cloudtask.db"), clock());
    coordination =
        new MemoryCoordination(listeners::add, () -> Duration.between(NOW, now).toNanos(), SESSION);
    store.execute(tx -> tx.runtimes().create("prod", "", List.of(), NOW));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  Instant now() {
    return now;
  }

  /** Lets time pass, and everybody hear of what happened meanwhile. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Instant next = now.plusSeconds(1);
      now = next.isAfter(end) ? end : next;
      coordination.tick();
      hear();
    }
  }

  void hear() {
    for (Runnable next = listeners.poll(); next != null; next = listeners.poll()) {
      next.run();
    }
  }

  Worker agent(String name) throws CoordinationException {
    return new Worker(this, name);
  }

  void jobs(int count, Guarantee guarantee) {
    store.execute(tx -> {
      for (int i = 0; i < count; i++) {
        String jobid = "%024x".formatted(0xabc000 + made++);
        tx.jobs().create(jobid, definition("job-" + i, guarantee), "ann", now);
      }
    });
  }

  static JobDefinition definition(String name, Guarantee guarantee) {
    ScheduleDefinition everySecond =
        new ScheduleDefinition(
            "s",
            1,
            7,
            1,
            "01/01/2026",
            "",
            "",
            "",
            "",
            MonthlyOf.UNUSED,
            "* * * * * *",
            null,
            null);
    return new JobDefinition(
        "prod",
        "default",
        name,
        "echo",
        "",
        List.of(),
        0,
        List.of(),
        true,
        Overlap.SKIP,
        Missed.SKIP,
        0,
        guarantee,
        null,
        "",
        List.of(everySecond),
        "");
  }

  AgentRow row(String key) {
    return store.read(tx -> tx.agents().find(key)).orElseThrow();
  }

  List<JobRow> jobs() {
    return store.read(tx ->
        tx.jobs().placeable().stream()
            .map(job -> tx.jobs().find(job.jobid()).orElseThrow())
            .toList());
  }

  long held(String key) {
    return jobs().stream().filter(job -> key.equals(job.agentkey())).count();
  }

  List<UnsettledRow> unsettled() {
    return store.read(tx -> tx.ledger().unsettledBefore(now.plusSeconds(1), 1000));
  }

  List<NodeEvent.Kind> kinds() {
    return events.stream().map(NodeEvent::kind).toList();
  }

  static Node node(int type, String name, Instant started) {
    return new Node(
        type,
        name,
        "",
        "prod",
        "linux",
        "amd64",
        name,
        "http://" + name + ":8600",
        1,
        true,
        started.getEpochSecond(),
        started.getEpochSecond(),
        null);
  }

  @Override
  public void close() {
    coordination.close();
    store.close();
  }
}
