package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Network;
import io.cloudtask.simulation.world.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** All parts of a cluster, put together. */
final class Cluster {
  /** So soon an agent that has just been started may have a session. */
  private static final Duration CONNECTING = Duration.ofMillis(5);

  private final Timeline timeline;
  private final Scenario scenario;
  private final Mutant mutant;
  private final SharedStore store;
  private final Ambush ambush;
  private final Database database;
  private final Ensemble ensemble;
  private final Network network;
  private final Observer observer;
  private final Operator operator;
  private final Vigil vigil;
  private final List<AgentHost> agents = new ArrayList<>();
  private final List<CenterHost> centers = new ArrayList<>();

  Cluster(Timeline timeline, Dice rare, Scenario scenario, Mutant mutant, SharedStore store) {
    this.timeline = timeline;
    this.scenario = scenario;
    this.mutant = mutant;
    this.store = store;
    this.ambush = new Ambush(timeline, rare, new Traps(), scenario.session());
    this.database = new Database(store, timeline, mutant, ambush);
    this.ensemble = new Ensemble(timeline, scenario.session(), mutant, ambush);
    this.network = new Network(timeline);
    this.observer = new Observer(timeline);
    this.operator = new Operator(this);
    this.vigil = new Vigil(timeline, new LedgerReading(store), scenario.jobs());
    for (int i = 1; i <= scenario.agents(); i++) {
      agents.add(new AgentHost(this, i));
    }
    for (int i = 1; i <= scenario.centers(); i++) {
      centers.add(new CenterHost(this, i));
    }
  }

  void start() {
    operator.prepare();
    centers.forEach(CenterHost::start);
    agents.forEach(AgentHost::start);
  }

  /** Mends everything that faults may have broken, and starts what does not run. */
  void calm() {
    network.mend();
    network.weather(Network.Weather.FINE);
    ambush.calm();
    database.away(false);
    database.calm();
    ensemble.down(false);
    ensemble.calm();
    for (RemoteCoordinator session : sessions()) {
      session.onLostServer(false);
      session.loseEvents(false);
    }
    for (AgentHost agent : agents) {
      agent.disk().full(false);
      agent.disk().calm();
      agent.mendClock();
      agent.start();
    }
    centers.forEach(CenterHost::start);
    operator.calm();
  }

  /** Cuts a host off from others, both ways or one. */
  void cut(String one, List<String> others, boolean thither, boolean back, Duration time) {
    timeline.trace().say(one, "network: cut%s%s", thither ? " there" : "", back ? " back" : "");
    for (String other : others) {
      network.cut(one, other, thither);
      network.cut(other, one, back);
      later(time, () -> network.cut(one, other, false));
      later(time, () -> network.cut(other, one, false));
    }
  }

  private void later(Duration delay, Runnable task) {
    timeline.in(delay, timeline.nature(), task);
  }

  private final class Traps implements Ambush.Traps {
    @Override
    public AgentHost host(String agentKey) {
      return agents.stream().filter(host -> host.key().equals(agentKey)).findFirst().orElseThrow();
    }

    @Override
    public void comeBack(AgentHost agent) {
      agent.start();
      RemoteCoordinator session = agent.session();
      if (session != null) {
        session.onLostServer(false);
        session.session().mend();
      }
      cut(agent.name(), centers.stream().map(CenterHost::name).toList(), false, false, CONNECTING);
    }

    @Override
    public void deafen(AgentHost agent, Duration time) {
      RemoteCoordinator session = agent.session();
      if (session != null) {
        session.loseEvents(true);
        later(time, () -> session.loseEvents(false));
      } else if (time.isPositive()) {
        later(CONNECTING, () -> deafen(agent, time.minus(CONNECTING)));
      }
    }

    @Override
    public void isolate(String agent, Duration time) {
      cut(agent, centers.stream().map(CenterHost::name).toList(), true, true, time);
    }

    @Override
    public void loseServer(String agent, Duration time) {
      agents.stream()
          .filter(host -> host.name().equals(agent))
          .map(AgentHost::session)
          .filter(Objects::nonNull)
          .forEach(session -> {
            timeline.trace().say(agent, "coordinator: its server is lost");
            session.onLostServer(true);
            later(time, () -> session.onLostServer(false));
          });
    }
  }

  /** Ends every process. */
  void end() {
    agents.forEach(agent -> agent.crash(false));
    centers.forEach(CenterHost::crash);
  }

  /** Looked at after every step. */
  void check() {
    vigil.step();
  }

  /** A call of an agent to a center. */
  <T> T call(AgentHost from, CenterHost to, String what, CenterHost.Call<T> call, Duration patience)
      throws IOException {
    return network.call(
        from,
        to,
        what,
        () -> {
          Center center = to.center();
          if (center == null) {
            throw new IOException(to.name() + " is gone");
          }
          return call.on(center);
        },
        patience);
  }

  /** Has whoever leads look at once, as a center does for its console. */
  void plan() {
    for (CenterHost host : centers) {
      Center center = host.center();
      if (center != null) {
        center.planSoon();
      }
    }
  }

  /** The sessions of all living processes. */
  List<RemoteCoordinator> sessions() {
    List<RemoteCoordinator> sessions = new ArrayList<>();
    for (AgentHost agent : agents) {
      RemoteCoordinator session = agent.session();
      if (session != null) {
        sessions.add(session);
      }
    }
    for (CenterHost host : centers) {
      Center center = host.center();
      RemoteCoordinator session = center == null ? null : center.session();
      if (session != null) {
        sessions.add(session);
      }
    }
    return sessions;
  }

  Timeline timeline() {
    return timeline;
  }

  Scenario scenario() {
    return scenario;
  }

  Mutant mutant() {
    return mutant;
  }

  SharedStore store() {
    return store;
  }

  Database database() {
    return database;
  }

  Ensemble ensemble() {
    return ensemble;
  }

  Network network() {
    return network;
  }

  Observer observer() {
    return observer;
  }

  Vigil vigil() {
    return vigil;
  }

  Ambush ambush() {
    return ambush;
  }

  Operator operator() {
    return operator;
  }

  List<AgentHost> agents() {
    return agents;
  }

  List<CenterHost> centers() {
    return centers;
  }
}
