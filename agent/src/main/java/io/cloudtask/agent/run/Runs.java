package io.cloudtask.agent.run;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.agent.process.Exit;
import io.cloudtask.agent.process.Launch;
import io.cloudtask.agent.process.LaunchException;
import io.cloudtask.agent.process.ProcessSupervisor;
import io.cloudtask.agent.process.Reattachment;
import io.cloudtask.agent.process.RunningProcess;
import io.cloudtask.agent.timetable.StopOrder;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.wire.JobBase;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this host between their promise and their end. Thread-safe; nothing of it blocks the
 * caller but {@link #close}.
 */
public final class Runs implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Runs.class.getName());
  private static final int SPAWNERS = 2;
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private final Path saveDirectory;
  private final RunDirectories directories;
  private final ProcessSupervisor supervisor;
  private final RunEvents events;
  private final Clock clock;
  private final Duration grace;
  private final Map<String, GoingRun> going = new ConcurrentHashMap<>();
  private final ExecutorService spawners;
  private final ScheduledThreadPoolExecutor deadlines;

  /**
   * @param saveDirectory holds work directories and runs
   * @param supervisor closed with this
   * @param grace between TERM and KILL
   */
  public Runs(
      Path saveDirectory,
      ProcessSupervisor supervisor,
      RunEvents events,
      Clock clock,
      Duration grace) {
    this.saveDirectory = saveDirectory.toAbsolutePath();
    this.directories = new RunDirectories(saveDirectory);
    this.supervisor = supervisor;
    this.events = events;
    this.clock = clock;
    this.grace = grace;
    this.spawners =
        Executors.newFixedThreadPool(
            SPAWNERS, Thread.ofPlatform().name("spawner-", 0).daemon().factory());
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("deadlines").daemon().factory());
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /** Starts a run that is durably promised. */
  public void start(OpenRun run) {
    GoingRun goingRun = new GoingRun(run, grace);
    going.put(run.runid(), goingRun);
    spawners.execute(() -> spawn(goingRun));
  }

  /** Stops a run, or keeps it from starting; one that is not going is passed over. */
  public void stop(StopOrder order) {
    GoingRun run = going.get(order.runid());
    if (run != null) {
      run.stop(order);
    }
  }

  /** Finds a run again that an earlier agent process may have started. */
  public void reattach(OpenRun run) {
    GoingRun goingRun = new GoingRun(run, grace);
    going.put(run.runid(), goingRun);
    spawners.execute(() -> find(goingRun));
  }

  /** Whether it is neither over nor unknown. */
  public boolean isGoing(String runId) {
    return going.containsKey(runId);
  }

  /** The jobs of which a run is going. */
  public Set<String> jobs() {
    return going.values().stream()
        .map(run -> run.run().job().jobid())
        .collect(Collectors.toUnmodifiableSet());
  }

  private void spawn(GoingRun run) {
    StopOrder stopped = run.stopped();
    if (stopped != null) {
      over(Ending.without(run.run(), stopped.as(), clock.instant(), stopped.reason()));
      return;
    }
    try {
      RunningProcess process = supervisor.start(launch(run.run()));
      follow(run, process);
    } catch (LaunchException e) {
      over(
          Ending.without(
              run.run(), RunState.FAILED, clock.instant(), String.valueOf(e.getMessage())));
    }
  }

  private Launch launch(OpenRun run) {
    AssignedJob job = run.job();
    String filename = job.definition().filename();
    return new Launch(
        job.jobid(),
        run.runid(),
        directories.of(run.runid()),
        saveDirectory.resolve(job.jobid()).resolve(JobBase.fileCode(filename)),
        job.definition().command(),
        environment(run));
  }

  private static List<String> environment(OpenRun run) {
    Instant fireat = run.granted().fireat();
    List<String> env = new ArrayList<>(run.job().definition().env());
    env.add("CLOUDTASK_JOB_ID=" + run.job().jobid());
    env.add("CLOUDTASK_RUN_ID=" + run.runid());
    env.add("CLOUDTASK_FIRE_TIME=" + (fireat == null ? "" : fireat));
    env.add("CLOUDTASK_ATTEMPT=" + run.granted().attempt());
    return env;
  }

  private void find(GoingRun run) {
    OpenRun open = run.run();
    Reattachment found;
    try {
      found = supervisor.reattach(directories.of(open.runid()), open.job().jobid(), open.runid());
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.WARNING, "run {0} can''t be looked for: {1}", open.runid(), e);
      after(ASK_AGAIN, () -> spawners.execute(() -> find(run)));
      return;
    }
    switch (found) {
      case Reattachment.Alive alive -> follow(run, alive.process());
      case Reattachment.Ended ended -> {
        began(open, ended.start());
        over(Ending.of(open, ended.exit(), run.stopped()));
      }
      case Reattachment.Gone gone -> {
        began(open, gone.start());
        Instant at = gone.lastSeen() == null ? clock.instant() : gone.lastSeen();
        over(Ending.without(open, RunState.LOST, at, gone.reason()));
      }
      case Reattachment.NeverStarted _ ->
          over(
              Ending.without(
                  open,
                  RunState.LOST,
                  clock.instant(),
                  "the agent ended between the promise and the start; what was promised once is not"
                      + " started later"));
    }
  }

  /** Its agent may have been killed before it could say so. */
  private void began(OpenRun open, Reattachment.@Nullable Start start) {
    if (start != null) {
      events.started(new Fact.Started(open.job().jobid(), open.runid(), start.at(), start.pid()));
    }
  }

  private void follow(GoingRun run, RunningProcess process) {
    OpenRun open = run.run();
    began(open, new Reattachment.Start(process.startedAt(), process.pid()));
    run.lives(process);
    long timeout = open.job().definition().timeout();
    if (timeout > 0) {
      Instant deadline = process.startedAt().plusSeconds(timeout);
      after(Duration.between(clock.instant(), deadline), () -> timeUp(open.runid(), timeout));
    }
    var _ = process.onExit().whenComplete((exit, _) -> exited(run, exit));
  }

  private void after(Duration wait, Runnable task) {
    var _ = deadlines.schedule(task, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** Ends a run whose time is up; of one that is over, what it left behind. */
  private void timeUp(String runId, long timeout) {
    GoingRun run = going.get(runId);
    if (run != null) {
      String reason = "it ran longer than its timeout of " + timeout + " s";
      run.stop(new StopOrder(runId, RunState.TIMED_OUT, reason));
    } else {
      Thread.ofVirtual().name("sweep").start(() -> supervisor.sweep(runId, grace));
    }
  }

  private void exited(GoingRun run, Exit exit) {
    StopOrder stopped = run.stopped();
    Fact.Ended ended = Ending.of(run.run(), exit, stopped);
    var _ = run.swept().whenComplete((_, _) -> over(ended));
  }

  private void over(Fact.Ended ended) {
    if (going.remove(ended.runid()) != null) {
      events.ended(ended);
    }
  }

  RunDirectories directories() {
    return directories;
  }

  /** Leaves every run running. */
  @Override
  public void close() {
    spawners.shutdown();
    deadlines.shutdownNow();
    try {
      if (!spawners.awaitTermination(3, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "a run was being started while the agent ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    supervisor.close();
  }
}
