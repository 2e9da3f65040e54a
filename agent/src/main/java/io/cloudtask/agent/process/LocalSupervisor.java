package io.cloudtask.agent.process;

import io.cloudtask.agent.process.ProcessEntry.Identity;
import io.cloudtask.agent.process.ProcessHost.Child;
import io.cloudtask.agent.process.ProcessHost.Program;
import io.cloudtask.agent.process.RunDirectory.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs on this host, through a {@link ProcessHost}. */
final class LocalSupervisor implements ProcessSupervisor {
  private static final System.Logger LOG = System.getLogger(LocalSupervisor.class.getName());

  private final ProcessHost host;
  private final Clock clock;
  private final TreeStopper stopper;
  private final OutputMonitor monitor;

  LocalSupervisor(ProcessHost host, Clock clock, OutputFile output) {
    this.host = host;
    this.clock = clock;
    this.stopper = new TreeStopper(host, System::nanoTime);
    this.monitor = new OutputMonitor(output, host.table());
  }

  @Override
  public RunningProcess start(Launch launch) throws LaunchException {
    RunDirectory directory = new RunDirectory(launch.runDirectory());
    List<String> env = environment(launch);
    check(launch, directory);
    try {
      directory.prepare(launch.command());
    } catch (IOException e) {
      throw new LaunchException(
          "the run directory " + directory.path() + " can't be written: " + e, e);
    }
    Instant now = clock.instant();
    Child child = spawn(launch, directory, env);
    Identity root = identify(child, launch.runId(), directory, now);
    CompletableFuture<Exit> exit =
        child.exit().thenApply(how -> how.known() ? how : left(directory).orElse(how));
    return supervise(launch.runId(), directory, root, now, exit, host.startsSessions());
  }

  private static void check(Launch launch, RunDirectory directory) throws LaunchException {
    if (launch.command().indexOf('\0') >= 0) {
      throw new LaunchException("the command of job " + launch.jobId() + " holds a NUL character");
    }
    if (!Files.isDirectory(launch.workDirectory())) {
      throw new LaunchException(
          "the work directory "
              + launch.workDirectory()
              + " is missing; it holds the unpacked package of the job");
    }
    if (directory.wasStarted()) {
      throw new LaunchException(
          "run "
              + launch.runId()
              + " was started before in "
              + directory.path()
              + "; it is not started twice");
    }
  }

  private static List<String> environment(Launch launch) throws LaunchException {
    Map<String, String> byKey = new LinkedHashMap<>();
    byKey.put(ProcessTable.MARK, ProcessTable.MARK + "=" + launch.runId());
    for (String entry : launch.env()) {
      int equals = entry.indexOf('=');
      if (equals < 1 || entry.indexOf('\0') >= 0) {
        throw new LaunchException(
            "env of job " + launch.jobId() + ": \"" + entry + "\" must be KEY=VALUE without NUL");
      }
      byKey.put(entry.substring(0, equals), entry);
    }
    if (!(ProcessTable.MARK + "=" + launch.runId()).equals(byKey.get(ProcessTable.MARK))) {
      throw new LaunchException(
          "env of job " + launch.jobId() + " must not set " + ProcessTable.MARK);
    }
    return new ArrayList<>(byKey.values());
  }

  private Child spawn(Launch launch, RunDirectory directory, List<String> env)
      throws LaunchException {
    List<String> arguments = List.of("/bin/sh", directory.script().toString());
    return host.start(
        new Program(
            launch.workDirectory(), arguments, env, directory.stdout(), directory.stderr()));
  }

  // From here on the process exists, so nothing may fail any more. Without run.json it is found by
  // its mark.
  private Identity identify(Child child, String runId, RunDirectory directory, Instant now) {
    long start = 0;
    try {
      start = host.table().find(child.pid()).map(ProcessEntry::start).orElse(0L);
      directory.write(new Started(child.pid(), start, host.table().bootId(), now));
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "run {0}: run.json can''t be written to {1}: {2}",
          runId,
          directory.path(),
          e);
    }
    return new Identity(child.pid(), start);
  }

  private RunningProcess supervise(
      String runId,
      RunDirectory directory,
      Identity root,
      Instant startedAt,
      CompletableFuture<Exit> exit,
      boolean leads) {
    monitor.watch(runId, directory);
    CompletableFuture<Exit> seen = exit.whenComplete((how, failure) -> monitor.ended(runId));
    return new SupervisedRun(root, startedAt, seen, () -> new RunTree(runId, root, leads), stopper);
  }

  @Override
  public Reattachment reattach(Path runDirectory, String jobId, String runId) {
    RunDirectory directory = new RunDirectory(runDirectory.toAbsolutePath());
    try {
      return find(directory, runId);
    } catch (IOException e) {
      throw new UncheckedIOException("the processes of this host can't be listed", e);
    }
  }

  private Reattachment find(RunDirectory directory, String runId) throws IOException {
    RunTraces traces = RunTraces.read(directory);
    if (traces.exit().isPresent()) {
      return traces.ended(traces.exit().get());
    }
    List<ProcessEntry> processes =
        host.table().living(0).stream().filter(process -> runId.equals(process.runId())).toList();
    Optional<ProcessEntry> root = traces.root(host.table(), processes);
    if (root.isPresent()) {
      return attach(runId, directory, root.get(), traces);
    }
    // It may have ended since the traces were read, and left its status only then.
    Optional<Exit> meanwhile = left(directory);
    return meanwhile.isPresent()
        ? traces.ended(meanwhile.get())
        : traces.withoutProcess(host.table().bootId(), processes.size());
  }

  private Reattachment attach(
      String runId, RunDirectory directory, ProcessEntry root, RunTraces traces) {
    Instant startedAt = traces.startedAt().orElseGet(clock::instant);
    CompletableFuture<Exit> exit = host.watch(root, () -> left(directory));
    boolean leads = root.session() == root.pid();
    return new Reattachment.Alive(
        supervise(runId, directory, root.identity(), startedAt, exit, leads));
  }

  private static Optional<Exit> left(RunDirectory directory) {
    try {
      return directory.exit();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the exit status can''t be read: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public int sweep(String runId, Duration grace) {
    return stopper.stop(new RunTree(runId, null, false), grace).join();
  }

  @Override
  public void close() {
    monitor.close();
    stopper.close();
    host.close();
  }
}
