package io.cloudtask.simulation.cluster;

import io.cloudtask.model.wire.Node;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Network;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.WallClock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A host with an agent: what of it outlives the process of the agent. */
public final class AgentHost implements Network.Place {
  private final Cluster cluster;
  private final Timeline timeline;
  private final int number;
  private final Duration skew;
  private final WallClock clock;
  private final JournalDisk disk;
  private final Processes processes;
  private @Nullable Agent agent;
  private int starts;

  AgentHost(Cluster cluster, int number) {
    this.cluster = cluster;
    this.timeline = cluster.timeline();
    this.number = number;
    this.skew = skew();
    this.clock = new WallClock(timeline, skew);
    this.disk = new JournalDisk(timeline.dice());
    disk.onReliance(sequence -> cluster.vigil().relies(key(), sequence));
    this.processes = new Processes(timeline, cluster.observer(), name());
  }

  /** Within what counts as right, and in some worlds near its edge. */
  private Duration skew() {
    Duration most = timeline.dice().chance(0.5) ? Duration.ofMillis(50) : Duration.ofMillis(950);
    return timeline.dice().between(most.negated(), most);
  }

  @Override
  public String name() {
    return "agent-" + number;
  }

  /** Its key, the same for all its lives. */
  public String key() {
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", number);
  }

  @Override
  public @Nullable Life life() {
    return agent == null ? null : agent.life();
  }

  /** The session of its agent with the coordinator; null when it has none. */
  public @Nullable RemoteCoordinator session() {
    return agent == null ? null : agent.session();
  }

  Cluster cluster() {
    return cluster;
  }

  WallClock clock() {
    return clock;
  }

  public JournalDisk disk() {
    return disk;
  }

  Processes processes() {
    return processes;
  }

  /** As it introduces itself before it is signed in. */
  Node node() {
    String address = Scenario.address(number);
    long alive = clock.instant().getEpochSecond();
    return new Node(
        Node.AGENT,
        name(),
        "",
        Scenario.RUNTIME,
        "linux",
        "amd64",
        address,
        "http://" + address + ":8600",
        1000L * number + starts,
        true,
        alive,
        alive,
        "eyJqb2JtYXhjb3VudCI6MjU1fQo=");
  }

  /** Whether a process of that id lives here; of its agents only the last one may. */
  boolean lives(long pid) {
    return agent != null && pid == node().pid();
  }

  /**
   * Starts its agent, unless that runs. It finds the clock as right as it usually is: one that is
   * set while no agent runs is noticed by a center alone, and an agent may go on without.
   */
  public void start() {
    if (agent == null) {
      clock.wrong(skew);
      starts++;
      timeline.trace().say(name(), "starts, life %d", starts);
      agent = new Agent(this, new Life(timeline, name()), name() + "#" + starts);
      agent.begin();
    }
  }

  /**
   * Ends its agent at once.
   *
   * @param power and the whole host with it
   */
  public void crash(boolean power) {
    timeline.trace().say(name(), power ? "LOSES POWER" : "CRASHES");
    Agent ended = agent;
    agent = null;
    if (ended != null) {
      ended.life().end();
      disk.crash();
    }
    if (power) {
      processes.powerOff();
    }
  }

  /** Freezes its agent, as by SIGSTOP; what it runs goes on. */
  public void freeze(Duration time) {
    if (agent != null) {
      timeline.trace().say(name(), "FROZEN for %s", time);
      agent.life().freeze(time);
    }
  }

  /** Sets its clock by so much. */
  public void stepClock(Duration by) {
    timeline.trace().say(name(), "clock is set by %s, was %s ahead", by, clock.wrong());
    clock.wrong(skew.plus(by));
  }

  /** Sets its clock about right again. */
  public void mendClock() {
    timeline.trace().say(name(), "clock is set right, was %s ahead", clock.wrong());
    clock.wrong(skew);
  }
}
