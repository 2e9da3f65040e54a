package io.cloudtask.agent.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** The processes of one run. Thread-safe. */
public interface RunningProcess {
  /** The direct child: the shell of run.sh, or what replaced it. */
  long pid();

  /** When it was started, as well as known. */
  Instant startedAt();

  /**
   * Completes when the direct child has ended; descendants may live on. Never completes
   * exceptionally. Dependents run on a virtual thread.
   */
  CompletableFuture<Exit> onExit();

  /**
   * Ends every process of the run, descendants that left its session included, also when the direct
   * child is dead already: TERM to all, and after {@code grace} KILL to what is left. Completes
   * when nothing is left, at most {@code grace} + 1 s after the call, with the number of processes
   * that were ended. May be called repeatedly.
   */
  CompletableFuture<Integer> stop(Duration grace);
}
