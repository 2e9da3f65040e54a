package io.cloudtask.agent.process;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Starts the processes of runs, finds them again, ends them. Thread-safe. While a run lives its
 * output files are kept within their caps. Closing it leaves every run running.
 */
public interface ProcessSupervisor extends AutoCloseable {
  /**
   * Starts a run in a session of its own. Blocks only for the start itself (about a millisecond).
   *
   * @throws LaunchException when nothing was started; also when a run was started in this directory
   *     before
   */
  RunningProcess start(Launch launch) throws LaunchException;

  /**
   * Finds out what became of a run after a restart of the agent. Changes nothing; never starts
   * anything.
   *
   * @throws java.io.UncheckedIOException when the processes of this host can't be listed, so that
   *     nothing can be said
   */
  Reattachment reattach(Path runDirectory, String jobId, String runId);

  /**
   * Ends every process that carries the run's mark, and their descendants, also long after the
   * direct child ended: TERM, and after {@code grace} KILL. Blocks at most {@code grace} + 1 s.
   *
   * @return the number of processes that were ended
   */
  int sweep(String runId, Duration grace);

  @Override
  void close();
}
