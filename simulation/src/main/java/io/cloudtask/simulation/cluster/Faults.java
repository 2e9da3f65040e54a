package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.MemorySession;
import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Network;
import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What befalls a cluster. Each world has a choice of kinds of its own, so that a few that are rare
 * together meet in some worlds again and again; and a pace.
 */
final class Faults {
  private enum Kind {
    AGENT_CRASH,
    HOST_CRASH,
    AGENT_FREEZE,
    CENTER_CRASH,
    CENTER_FREEZE,
    COORDINATOR_DOWN,
    COORDINATOR_CUT,
    LOST_SERVER,
    EVENTS_LOST,
    COORDINATOR_SLOW,
    SESSION_ENDED,
    NETWORK_CUT,
    NETWORK_BAD,
    AGENT_ALONE,
    DATABASE_AWAY,
    DATABASE_BAD,
    DISK_FULL,
    DISK_SLOW,
    CLOCK_STEP,
    OPERATOR
  }

  /**
   * How far a clock is set. What is due until then may be answered before all is mended, so it is
   * less than the time that recovery is given.
   */
  private static final Duration FURTHEST = Duration.ofSeconds(24);

  private final Cluster cluster;
  private final Timeline timeline;
  private final Dice dice;
  private final List<Kind> kinds = new ArrayList<>();
  private final Duration pace;
  private final long end;

  Faults(Cluster cluster, Duration troubled) {
    this.cluster = cluster;
    this.timeline = cluster.timeline();
    this.dice = timeline.dice();
    this.pace = dice.between(Duration.ofSeconds(1), Duration.ofSeconds(8));
    this.end = timeline.now() + troubled.toNanos();
    double share = dice.pick(List.of(1.0, 0.4, 0.4, 0.15));
    for (Kind kind : Kind.values()) {
      if (dice.chance(share)) {
        kinds.add(kind);
      }
    }
  }

  /** Begins. */
  void start() {
    timeline.trace().say("faults", "of the kinds %s, about every %s", kinds, pace);
    if (!kinds.isEmpty()) {
      next();
    }
  }

  private void next() {
    timeline.in(
        dice.between(Duration.ZERO, pace.multipliedBy(2)),
        timeline.nature(),
        () -> {
          if (timeline.now() < end) {
            befall(dice.pick(kinds));
            next();
          }
        });
  }

  private void befall(Kind kind) {
    switch (kind) {
      case AGENT_CRASH -> crash(dice.pick(cluster.agents()), false);
      case HOST_CRASH -> crash(dice.pick(cluster.agents()), true);
      case AGENT_FREEZE -> dice.pick(cluster.agents()).freeze(pause());
      case CENTER_CRASH -> crash(dice.pick(cluster.centers()));
      case CENTER_FREEZE -> dice.pick(cluster.centers()).freeze(pause());
      case COORDINATOR_DOWN -> {
        cluster.ensemble().down(true);
        later(pause(), () -> cluster.ensemble().down(false));
      }
      case COORDINATOR_CUT, LOST_SERVER, EVENTS_LOST, SESSION_ENDED -> session(kind);
      case COORDINATOR_SLOW -> {
        cluster.ensemble().requests(dice.between(Duration.ofMillis(500), Duration.ofSeconds(3)));
        cluster.ensemble().notices(dice.between(Duration.ofMillis(500), Duration.ofSeconds(5)));
        later(pause(), cluster.ensemble()::calm);
      }
      case NETWORK_CUT -> cut();
      case AGENT_ALONE -> alone(dice.pick(cluster.agents()));
      case NETWORK_BAD -> {
        Duration slowest = dice.between(Duration.ofMillis(100), Duration.ofSeconds(3));
        cluster.network().weather(new Network.Weather(slowest, 0.2, 0.2));
        later(pause(), () -> cluster.network().weather(Network.Weather.FINE));
      }
      case DATABASE_AWAY -> {
        cluster.database().away(true);
        later(pause(), () -> cluster.database().away(false));
      }
      case DATABASE_BAD -> {
        cluster.database().weather(dice.between(Duration.ofMillis(50), Duration.ofSeconds(2)), 0.3);
        later(pause(), cluster.database()::calm);
      }
      case DISK_FULL, DISK_SLOW -> disk(kind);
      case CLOCK_STEP -> clock(dice.pick(cluster.agents()));
      case OPERATOR -> cluster.operator().act();
    }
  }

  /** From a moment to longer than a lease, or two. */
  private Duration pause() {
    return dice.skewed(Duration.ofMillis(200), Duration.ofSeconds(20));
  }

  private void later(Duration delay, Runnable task) {
    timeline.in(delay, timeline.nature(), task);
  }

  private void crash(AgentHost host, boolean power) {
    host.crash(power);
    later(pause(), host::start);
  }

  private void crash(CenterHost host) {
    host.crash();
    later(pause(), host::start);
  }

  private void session(Kind kind) {
    List<RemoteCoordinator> sessions = cluster.sessions();
    if (sessions.isEmpty()) {
      return;
    }
    RemoteCoordinator session = dice.pick(sessions);
    if (kind == Kind.SESSION_ENDED && !session.hears()) {
      // No coordinator does that by itself: whoever does it by hand has to see that it is heard of.
      return;
    }
    timeline.trace().say(session.name(), "coordinator: %s", kind);
    switch (kind) {
      case EVENTS_LOST -> {
        session.loseEvents(true);
        later(pause(), () -> session.loseEvents(false));
      }
      case SESSION_ENDED -> session.expire();
      default -> cut(session, kind, pause());
    }
  }

  private void cut(RemoteCoordinator session, Kind kind, Duration time) {
    if (kind == Kind.LOST_SERVER) {
      session.onLostServer(true);
      later(time, () -> session.onLostServer(false));
    } else {
      session.session().cut(dice.pick(List.of(MemorySession.Cut.values())));
      later(time, session.session()::mend);
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    cluster.agents().forEach(agent -> names.add(agent.name()));
    cluster.centers().forEach(center -> names.add(center.name()));
    return names;
  }

  /** Neither the coordinator nor a center hears of it: what it starts now rests on its lease. */
  private void alone(AgentHost host) {
    Duration time = dice.between(Duration.ofSeconds(2), Duration.ofSeconds(20));
    cluster.cut(host.name(), names(), true, dice.chance(0.5), time);
    RemoteCoordinator session = host.session();
    if (session != null) {
      cut(session, dice.chance(0.5) ? Kind.LOST_SERVER : Kind.COORDINATOR_CUT, time);
    }
  }

  private void cut() {
    List<String> names = names();
    String one = dice.pick(names);
    boolean thither = dice.chance(0.7);
    boolean back = !thither || dice.chance(0.6);
    cluster.cut(one, names, thither, back, pause());
  }

  private void disk(Kind kind) {
    AgentHost host = dice.pick(cluster.agents());
    timeline.trace().say(host.name(), "disk: %s", kind);
    if (kind == Kind.DISK_FULL) {
      host.disk().full(true);
      later(pause(), () -> host.disk().full(false));
    } else {
      host.disk().slowest(dice.between(Duration.ofMillis(100), Duration.ofSeconds(6)));
      later(pause(), host.disk()::calm);
    }
  }

  private void clock(AgentHost host) {
    Duration step = dice.skewed(Duration.ofMillis(200), FURTHEST);
    host.stepClock(dice.chance(0.5) ? step : step.negated());
    later(pause(), host::mendClock);
  }
}
