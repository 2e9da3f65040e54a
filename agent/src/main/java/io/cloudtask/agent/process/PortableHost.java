package io.cloudtask.agent.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Any other host, by what the JVM offers. Runs have no sessions of their own; a signal that ended
 * one shows as exit status 128 + signal. Thread-safe.
 */
final class PortableHost implements ProcessHost {
  private static final System.Logger LOG = System.getLogger(PortableHost.class.getName());
  private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

  private final Clock clock;
  private final Set<String> withheld;
  private final ProcessTable table;

  /**
   * @param withheld names of variables that runs do not inherit
   */
  PortableHost(Clock clock, Set<String> withheld) {
    this.clock = clock;
    this.withheld = Set.copyOf(withheld);
    this.table = ProcfsTable.usable() ? new ProcfsTable() : new HandleTable();
  }

  @Override
  public Child start(Program program) throws LaunchException {
    try {
      Files.createFile(program.stdout());
    } catch (FileAlreadyExistsException e) {
      throw new LaunchException(
          program.stdout().getParent()
              + " holds a run that was started before; it is not started twice",
          e);
    } catch (IOException e) {
      throw new LaunchException("the output file can't be made: " + e, e);
    }
    Process process = launch(program);
    CompletableFuture<Exit> exit =
        process
            .onExit()
            .thenApplyAsync(ended -> Exit.ofCode(ended.exitValue(), clock.instant()), VIRTUAL);
    return new Child(process.pid(), exit);
  }

  private Process launch(Program program) throws LaunchException {
    ProcessBuilder builder = new ProcessBuilder(program.arguments());
    builder.directory(program.directory().toFile());
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectOutput(Redirect.appendTo(program.stdout().toFile()));
    builder.redirectError(Redirect.appendTo(program.stderr().toFile()));
    builder.environment().keySet().removeAll(withheld);
    for (String addition : program.env()) {
      int equals = addition.indexOf('=');
      builder.environment().put(addition.substring(0, equals), addition.substring(equals + 1));
    }
    try {
      return builder.start();
    } catch (IOException e) {
      LaunchException failure =
          new LaunchException(
              "the process could not be started in " + program.directory() + ": " + e.getMessage(),
              e);
      program.removeOutputs(failure);
      throw failure;
    }
  }

  @Override
  public CompletableFuture<Exit> watch(ProcessEntry process, Supplier<Optional<Exit>> left) {
    return handle(process)
        .map(handle -> handle.onExit().thenApply(ended -> true))
        .orElseGet(() -> CompletableFuture.completedFuture(true))
        .thenApplyAsync(
            ended -> left.get().orElseGet(() -> Exit.unknown(clock.instant())), VIRTUAL);
  }

  @Override
  public void signal(ProcessEntry process, Signal signal) {
    handle(process)
        .ifPresent(handle -> {
          switch (signal) {
            case TERM -> handle.destroy();
            case KILL -> handle.destroyForcibly();
          }
        });
  }

  // A handle remembers the start time of its process, and signals no other.
  private Optional<ProcessHandle> handle(ProcessEntry process) {
    Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
    try {
      return table
          .find(process.pid())
          .filter(now -> now.start() == process.start())
          .flatMap(now -> handle);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "pid {0} can''t be looked at: {1}", process.pid(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public boolean startsSessions() {
    return false;
  }

  @Override
  public ProcessTable table() {
    return table;
  }

  @Override
  public void close() {}
}
