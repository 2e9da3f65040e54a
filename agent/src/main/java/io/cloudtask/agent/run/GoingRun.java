package io.cloudtask.agent.run;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.agent.process.RunningProcess;
import io.cloudtask.agent.timetable.StopOrder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run between its promise and its end. Thread-safe; the first order to stop it counts. */
final class GoingRun {
  private final OpenRun run;
  private final Duration grace;
  private @Nullable StopOrder stopped;
  private @Nullable RunningProcess process;
  private CompletableFuture<?> swept = CompletableFuture.completedFuture(0);

  GoingRun(OpenRun run, Duration grace) {
    this.run = run;
    this.grace = grace;
    if (run.stopping() != null) {
      this.stopped = new StopOrder(run.runid(), run.stopping().as(), run.stopping().reason());
    }
  }

  OpenRun run() {
    return run;
  }

  synchronized @Nullable StopOrder stopped() {
    return stopped;
  }

  /** Its process lives; one that is to be stopped is. */
  synchronized void lives(RunningProcess alive) {
    process = alive;
    if (stopped != null) {
      swept = alive.stop(grace);
    }
  }

  synchronized void stop(StopOrder order) {
    if (stopped == null) {
      stopped = order;
      if (process != null) {
        swept = process.stop(grace);
      }
    }
  }

  /** Completes when an order to stop it has been carried out wholly; at once without one. */
  synchronized CompletableFuture<?> swept() {
    return swept;
  }
}
