package io.cloudtask.agent.process;

import io.cloudtask.agent.process.LibC.NativeException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Linux with glibc: posix_spawn, pidfds, /proc. Thread-safe. */
final class GlibcHost implements ProcessHost {
  private static final System.Logger LOG = System.getLogger(GlibcHost.class.getName());
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final int SIGCONT = 18;
  private static final int E2BIG = 7;
  private static final int ENOENT = 2;
  private static final int EEXIST = 17;
  private static final int ESRCH = 3;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int REAP_LOOKS = 20;

  private final Clock clock;
  private final ProcfsTable table = new ProcfsTable();
  private final PosixSpawn spawn;
  private final PidfdWatcher watcher;

  /**
   * @param withheld names of variables that runs do not inherit
   */
  GlibcHost(Clock clock, Set<String> withheld) throws IOException {
    this.clock = clock;
    this.spawn =
        new PosixSpawn(
            new PosixSpawn.InheritedEnvironment(
                Files.readAllBytes(Path.of("/proc/self/environ")), withheld));
    LibC.close(
        Pidfd.open(
            ProcessHandle.current().pid())); // fails on kernels before 5.3 and in some sandboxes
    this.watcher = new PidfdWatcher();
  }

  @Override
  public Child start(Program program) throws LaunchException {
    long pid;
    try {
      pid = spawn.start(program);
    } catch (NativeException e) {
      LaunchException failure = new LaunchException(reason(program, e), e);
      if (e.errno != EEXIST) {
        program.removeOutputs(failure);
      }
      throw failure;
    }
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    try {
      watcher.watch(
          Pidfd.open(pid),
          pidfd -> {
            reap(pid, exit);
            LibC.close(pidfd);
          });
    } catch (NativeException e) {
      LOG.log(
          Level.WARNING,
          "pid {0} is polled for its end, as it can''t be waited for: {1}",
          pid,
          e.getMessage());
      Thread.ofVirtual().start(() -> pollChild(pid, exit));
    }
    return new Child(pid, exit);
  }

  @Override
  public CompletableFuture<Exit> watch(ProcessEntry process, Supplier<Optional<Exit>> left) {
    CompletableFuture<Exit> exit = new CompletableFuture<>();
    try {
      watcher.watch(
          open(process),
          pidfd -> Thread.ofVirtual().start(() -> learn(pidfd, process, left, exit)));
    } catch (IOException e) {
      Thread.ofVirtual().start(() -> pollStranger(process, left, exit));
    }
    return exit;
  }

  @Override
  public void signal(ProcessEntry process, Signal signal) {
    try {
      int pidfd = open(process);
      try {
        send(pidfd, signal);
      } finally {
        LibC.close(pidfd);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "pid {0} is not signalled: {1}", process.pid(), e.getMessage());
    }
  }

  @Override
  public boolean startsSessions() {
    return true;
  }

  @Override
  public ProcessTable table() {
    return table;
  }

  @Override
  public void close() {
    watcher.close();
  }

  // A stopped process takes TERM only when it goes on.
  private static void send(int pidfd, Signal signal) throws NativeException {
    switch (signal) {
      case TERM -> {
        Pidfd.signal(pidfd, SIGTERM);
        Pidfd.signal(pidfd, SIGCONT);
      }
      case KILL -> Pidfd.signal(pidfd, SIGKILL);
    }
  }

  // What is compared after the pidfd was opened holds for the pidfd.
  private int open(ProcessEntry process) throws IOException {
    int pidfd = Pidfd.open(process.pid());
    try {
      if (table.find(process.pid()).filter(now -> now.start() == process.start()).isPresent()) {
        return pidfd;
      }
    } catch (IOException e) {
      LibC.close(pidfd);
      throw e;
    }
    LibC.close(pidfd);
    throw new NativeException("pid " + process.pid(), ESRCH);
  }

  // The watching thread must not run what hangs on the exit.
  private boolean reap(long pid, CompletableFuture<Exit> exit) {
    Optional<Exit> ended;
    try {
      ended = Pidfd.reap(pid, clock.instant());
    } catch (NativeException e) {
      // Whoever started us ignores SIGCHLD, or someone reaped it: the exit file may still tell.
      ended = Optional.of(unknown());
    }
    ended.ifPresent(how -> Thread.ofVirtual().start(() -> exit.complete(how)));
    return ended.isPresent();
  }

  private void pollChild(long pid, CompletableFuture<Exit> exit) {
    while (!reap(pid, exit) && pause()) {}
  }

  private void pollStranger(
      ProcessEntry process, Supplier<Optional<Exit>> left, CompletableFuture<Exit> exit) {
    while (lives(process) && pause()) {}
    exit.complete(left.get().orElseGet(this::unknown));
  }

  private boolean lives(ProcessEntry process) {
    try {
      return table.find(process.pid()).filter(now -> now.start() == process.start()).isPresent();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "pid {0} can''t be looked at: {1}", process.pid(), e.getMessage());
      return true;
    }
  }

  private void learn(
      int pidfd,
      ProcessEntry process,
      Supplier<Optional<Exit>> left,
      CompletableFuture<Exit> exit) {
    Optional<Exit> how = left.get();
    for (int look = 0; how.isEmpty() && look < REAP_LOOKS; look++) {
      how = zombie(process).or(() -> Pidfd.exitOfStranger(pidfd, clock.instant()));
      if (how.isEmpty() && !pause()) {
        break;
      }
    }
    LibC.close(pidfd);
    exit.complete(how.orElseGet(this::unknown));
  }

  private Optional<Exit> zombie(ProcessEntry process) {
    try {
      OptionalInt status = table.failureOfZombie(process);
      return status.isPresent()
          ? Optional.of(Exit.ofWaitStatus(status.getAsInt(), clock.instant()))
          : Optional.empty();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "pid {0} can''t be looked at: {1}", process.pid(), e.getMessage());
      return Optional.empty();
    }
  }

  private Exit unknown() {
    return Exit.unknown(clock.instant());
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String reason(Program program, NativeException e) {
    return switch (e.errno) {
      case E2BIG ->
          "the environment of the run is too large for this host (the agent's own and the job's env"
              + " together); make env smaller";
      case EEXIST ->
          program.stdout().getParent()
              + " holds a run that was started before; it is not started twice";
      case ENOENT ->
          program.arguments().getFirst()
              + " or the directory "
              + program.directory()
              + " is missing";
      default ->
          "the process could not be started in " + program.directory() + ": " + e.getMessage();
    };
  }
}
