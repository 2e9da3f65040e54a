package io.cloudtask.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What the operating system does for us: two makers, one with our own system calls, one with what
 * the JVM offers.
 */
interface ProcessHost extends AutoCloseable {
  /**
   * A program to start. Its standard input is empty; its outputs are new files.
   *
   * @param directory where it runs
   * @param arguments the program's absolute path, and its arguments
   * @param env {@code K=V} additions to our own environment, no key twice
   */
  record Program(
      Path directory, List<String> arguments, List<String> env, Path stdout, Path stderr) {
    /** Takes back the outputs of a start that failed, so that it can be repeated. */
    void removeOutputs(LaunchException failure) {
      try {
        Files.deleteIfExists(stderr);
        Files.deleteIfExists(stdout);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** A started program; {@code exit} completes once on a virtual thread. */
  record Child(long pid, CompletableFuture<Exit> exit) {}

  /** Signals that we send. */
  enum Signal {
    TERM,
    KILL
  }

  /**
   * Starts a program.
   *
   * @throws LaunchException when nothing was started
   */
  Child start(Program program) throws LaunchException;

  /**
   * Completes when a process that is not our child has ended, and at once when it is not that
   * process any more.
   *
   * @param left the exit status that it left behind, if any; asked after its end, and before the
   *     host is
   */
  CompletableFuture<Exit> watch(ProcessEntry process, Supplier<Optional<Exit>> left);

  /** Sends a signal to exactly that process; does nothing when it is gone. */
  void signal(ProcessEntry process, Signal signal);

  /** Whether {@link #start} makes the program the leader of a session of its own. */
  boolean startsSessions();

  ProcessTable table();

  @Override
  void close();
}
