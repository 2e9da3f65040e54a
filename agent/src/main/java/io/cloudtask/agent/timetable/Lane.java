package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.OpenRun;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The runs of one job that are not over. It outlives the job when that leaves while they go on. */
final class Lane {
  /** Most runs that wait. */
  static final int QUEUE_LIMIT = 100;

  private final SequencedMap<String, OpenRun> going = new LinkedHashMap<>();
  private final Deque<OpenRun> queue = new ArrayDeque<>();

  SequencedMap<String, OpenRun> going() {
    return going;
  }

  Deque<OpenRun> queue() {
    return queue;
  }

  void add(OpenRun run) {
    if (run.released()) {
      going.put(run.runid(), run);
    } else {
      queue.addLast(run);
    }
  }

  boolean isEmpty() {
    return going.isEmpty() && queue.isEmpty();
  }

  /** The run that was promised first: of those that go, else of those that wait. */
  Optional<OpenRun> first() {
    return Stream.concat(going.values().stream(), queue.stream()).findFirst();
  }

  int room() {
    return Math.max(0, QUEUE_LIMIT - queue.size());
  }

  boolean hasRoom() {
    return queue.size() < QUEUE_LIMIT;
  }

  /** The earliest instant at which a waiting run has waited too long. */
  Optional<Instant> deadline() {
    return queue.stream().flatMap(run -> deadline(run).stream()).min(Instant::compareTo);
  }

  /** The first instant at which a run may no longer be started; empty when it always may. */
  static Optional<Instant> deadline(OpenRun run) {
    Instant fireat = run.granted().fireat();
    long seconds = run.job().definition().startdeadline();
    return fireat == null || seconds == 0
        ? Optional.empty()
        : Optional.of(fireat.plusSeconds(seconds).plusNanos(1));
  }
}
