package io.cloudtask.agent.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * Keeps the outputs of living runs within their caps: one thread looks at all of them several times
 * a second, and sleeps while there are none. A process that outlives its run can still write, so a
 * run is looked at until none of its processes is left. Thread-safe.
 */
final class OutputMonitor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OutputMonitor.class.getName());
  private static final long PAUSE_MILLIS = 200;
  private static final long PAUSE_IN_A_FLOOD_MILLIS = 20;
  private static final int LOOKS_BETWEEN_CENSUSES = 50;

  private final OutputFile output;
  private final ProcessTable table;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final Semaphore arrivals = new Semaphore(0);
  private final Thread thread;

  OutputMonitor(OutputFile output, ProcessTable table) {
    this.output = output;
    this.table = table;
    this.thread = Thread.ofPlatform().daemon().name("output-caps").start(this::serve);
  }

  /** Looks at the outputs of a run from now on. */
  void watch(String runId, RunDirectory directory) {
    watched.put(runId, new Watched(List.of(directory.stdout(), directory.stderr())));
    arrivals.release();
  }

  /** The run is over; its outputs are looked at while processes of it are left. */
  void ended(String runId) {
    watched.computeIfPresent(
        runId,
        (id, run) -> {
          run.ended = true;
          return run;
        });
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void serve() {
    try {
      for (int look = 1; ; look++) {
        awaitRuns();
        boolean flood = lookAtAll();
        if (look % LOOKS_BETWEEN_CENSUSES == 0) {
          forgetFinished();
        }
        Thread.sleep(flood ? PAUSE_IN_A_FLOOD_MILLIS : PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitRuns() throws InterruptedException {
    while (watched.isEmpty()) {
      arrivals.acquire();
    }
    arrivals.drainPermits();
  }

  private boolean lookAtAll() {
    boolean flood = false;
    for (Watched run : watched.values()) {
      for (Path file : run.files) {
        flood |= lookAt(run, file);
      }
    }
    return flood;
  }

  private boolean lookAt(Watched run, Path file) {
    long before = run.sizes.getOrDefault(file, 0L);
    try {
      long size = output.size(file);
      if (size == before) {
        return false;
      }
      run.sizes.put(file, output.enforce(file));
      return size - before > output.caps().tail();
    } catch (IOException e) {
      if (!run.complained) {
        run.complained = true;
        LOG.log(Level.WARNING, "output can''t be capped: {0}", e.getMessage());
      }
      return false;
    }
  }

  private void forgetFinished() {
    if (watched.values().stream().noneMatch(run -> run.ended)) {
      return;
    }
    Set<String> ended =
        watched.entrySet().stream()
            .filter(entry -> entry.getValue().ended)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    try {
      table.living(0).forEach(process -> ended.remove(String.valueOf(process.runId())));
      ended.forEach(watched::remove);
    } catch (IOException e) {
      LOG.log(
          Level.DEBUG, "which runs left processes behind is found out later: {0}", e.getMessage());
    }
  }

  private static final class Watched {
    final List<Path> files;
    final Map<Path, Long> sizes = new HashMap<>();
    volatile boolean ended;
    boolean complained;

    Watched(List<Path> files) {
      this.files = files;
    }
  }
}
