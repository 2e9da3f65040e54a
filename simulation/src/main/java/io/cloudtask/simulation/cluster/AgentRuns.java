package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.agent.timetable.StopOrder;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.RunState;
import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Life;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runs of a living agent: between their promise and their end. */
final class AgentRuns {
  /** Who hears what becomes of them. */
  interface Events {
    void started(Fact.Started started);

    void ended(Fact.Ended ended);
  }

  private static final class Going {
    final OpenRun run;
    @Nullable StopOrder stopped;
    Processes.@Nullable Started process;

    Going(OpenRun run) {
      this.run = run;
      if (run.stopping() != null) {
        stopped = new StopOrder(run.runid(), run.stopping().as(), run.stopping().reason());
      }
    }
  }

  private final Life life;
  private final Processes processes;
  private final Clock clock;
  private final Events events;
  private final Dice dice;
  private final Map<String, Going> going = new HashMap<>();

  AgentRuns(Life life, Processes processes, Clock clock, Events events) {
    this.life = life;
    this.processes = processes;
    this.clock = clock;
    this.events = events;
    this.dice = life.timeline().dice();
  }

  /** Starts a run that is promised, a moment later: in between the agent may be frozen. */
  void start(OpenRun run) {
    Going one = new Going(run);
    going.put(run.runid(), one);
    Duration moment =
        dice.chance(0.05)
            ? dice.between(Duration.ZERO, Duration.ofSeconds(1))
            : dice.between(Duration.ZERO, Duration.ofMillis(5));
    life.later(moment, () -> spawn(one));
  }

  private void spawn(Going one) {
    StopOrder stopped = one.stopped;
    if (stopped != null) {
      over(one, stopped.as(), null, null, clock.instant(), stopped.reason());
    } else if (dice.chance(0.01)) {
      over(one, RunState.FAILED, null, null, clock.instant(), "it could not be started");
    } else {
      Duration takes =
          dice.chance(0.1)
              ? dice.between(Duration.ofSeconds(1), Duration.ofSeconds(15))
              : dice.between(Duration.ofMillis(10), Duration.ofMillis(1500));
      follow(one, processes.start(one.run, clock.instant(), takes, dice.chance(0.1) ? 1 : 0));
    }
  }

  private void follow(Going one, Processes.Started process) {
    one.process = process;
    String jobid = one.run.job().jobid();
    events.started(new Fact.Started(jobid, one.run.runid(), process.at, process.pid));
    process.follow(life, _ -> exited(one, process));
    if (one.stopped != null) {
      processes.kill(process);
    }
  }

  private void exited(Going one, Processes.Started process) {
    StopOrder stopped = one.stopped;
    Integer exit = process.exit;
    if (stopped != null) {
      over(one, stopped.as(), exit, process.signal, clock.instant(), stopped.reason());
    } else if (exit != null && exit == 0) {
      over(one, RunState.SUCCEEDED, exit, null, clock.instant(), "");
    } else {
      over(one, RunState.FAILED, exit, process.signal, clock.instant(), "it failed");
    }
  }

  /** Stops a run, or keeps it from starting. */
  void stop(StopOrder order) {
    Going one = going.get(order.runid());
    if (one != null && one.stopped == null) {
      one.stopped = order;
      if (one.process != null) {
        processes.kill(one.process);
      }
    }
  }

  /** Finds a run again that an earlier life may have started. */
  void reattach(OpenRun run) {
    Going one = new Going(run);
    going.put(run.runid(), one);
    life.later(dice.skewed(Duration.ZERO, Duration.ofMillis(200)), () -> find(one));
  }

  private void find(Going one) {
    Processes.Started found = processes.find(one.run.runid());
    if (found == null) {
      over(one, RunState.LOST, null, null, clock.instant(), "it was promised and never started");
    } else if (found.gone) {
      over(one, RunState.LOST, null, null, clock.instant(), "the host went down");
    } else {
      follow(one, found);
    }
  }

  private void over(
      Going one,
      RunState state,
      @Nullable Integer exit,
      @Nullable Integer signal,
      Instant at,
      String reason) {
    if (going.remove(one.run.runid()) != null) {
      String jobid = one.run.job().jobid();
      events.ended(new Fact.Ended(jobid, one.run.runid(), state, exit, signal, at, reason));
    }
  }
}
