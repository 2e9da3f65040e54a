package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the runs of one host. They outlive their agent, and leave behind how they ended;
 * they die with the host, and leave nothing.
 */
final class Processes {
  /** A process, and what is known of it from its files. */
  static final class Started {
    final OpenRun run;
    final long pid;

    /** By the clock of the host. */
    final Instant at;

    boolean gone;
    @Nullable Integer exit;
    @Nullable Integer signal;
    private @Nullable Life follower;
    private Consumer<Started> onExit = _ -> {};

    Started(OpenRun run, long pid, Instant at) {
      this.run = run;
      this.pid = pid;
      this.at = at;
    }

    boolean alive() {
      return !gone && exit == null && signal == null;
    }

    /** Has an agent hear of its end, while that agent lives. */
    void follow(Life agent, Consumer<Started> listener) {
      follower = agent;
      onExit = listener;
      if (!alive()) {
        tell();
      }
    }

    private void tell() {
      if (follower != null) {
        follower.later(Duration.ofMillis(1), () -> onExit.accept(this));
      }
    }
  }

  private final Timeline timeline;
  private final Observer observer;
  private final String host;
  private final Map<String, Started> started = new LinkedHashMap<>();
  private long pids = 100;

  Processes(Timeline timeline, Observer observer, String host) {
    this.timeline = timeline;
    this.observer = observer;
    this.host = host;
  }

  /** Starts one: from this moment its work is being done. */
  Started start(OpenRun run, Instant now, Duration takes, int exit) {
    Started process = new Started(run, ++pids, now);
    started.put(run.runid(), process);
    observer.started(host, run);
    timeline.in(takes, timeline.nature(), () -> end(process, exit, null));
    return process;
  }

  private void end(Started process, @Nullable Integer exit, @Nullable Integer signal) {
    if (process.alive()) {
      process.exit = exit;
      process.signal = signal;
      observer.ended(host, process.run);
      process.tell();
    }
  }

  /** Ends one by a signal. */
  void kill(Started process) {
    timeline.in(Duration.ofMillis(2), timeline.nature(), () -> end(process, null, 15));
  }

  /** What is known of the process of a run; null when it never had one, as far as its files say. */
  @Nullable Started find(String runId) {
    return started.get(runId);
  }

  /** A center has all that there is to know of a run. */
  void forget(String runId) {
    started.remove(runId);
  }

  /** The host is gone, and every process with it. */
  void powerOff() {
    for (Started process : started.values()) {
      if (process.alive()) {
        process.gone = true;
        observer.lost(host, process.run);
      }
    }
  }
}
