package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator: the twin of the real one, its sessions ended by virtual time, as in an ensemble
 * whose leader hears of the touch of a session only now and then. A client's server tells it once
 * in a tick, which is half of the timeout (a real one tells it twice, but may be late); when that
 * server falls away, what it has not told is lost.
 */
public final class Ensemble {
  private static final Duration BEAT = Duration.ofMillis(125);

  private static final Duration PROMPT = Duration.ofMillis(5);

  /** A client, and when the leader heard of it last. */
  private static final class Client {
    final Life life;
    final RemoteCoordinator remote;
    final MemorySession session;
    long told;
    long next;
    private boolean frozen;

    Client(Life life, RemoteCoordinator remote, long now) {
      this.life = life;
      this.remote = remote;
      this.session = remote.session();
      this.told = now;
    }

    void freeze(boolean now) {
      if (frozen != now) {
        frozen = now;
        session.freeze(now);
      }
    }
  }

  private final Timeline timeline;
  private final Dice dice;
  private final Duration sessionTimeout;
  private final Mutant mutant;
  private final Ambush ambush;
  private final MemoryCoordination server;
  private final List<Client> clients = new ArrayList<>();
  private Duration latest = Duration.ofMillis(5);
  private Duration slowestRequest = Duration.ofMillis(4);
  private @Nullable Long sent;
  private long delivered;
  private boolean down;

  /**
   * @param sessionTimeout two ticks
   */
  Ensemble(Timeline timeline, Duration sessionTimeout, Mutant mutant, Ambush ambush) {
    this.timeline = timeline;
    this.mutant = mutant;
    this.ambush = ambush;
    this.dice = timeline.dice();
    this.sessionTimeout = sessionTimeout;
    this.server = new MemoryCoordination(this::deliver, this::now, sessionTimeout);
    beat();
  }

  /** Listeners hear in order, sometimes late. */
  private void deliver(Runnable task) {
    long at = timeline.now() + dice.skewed(Duration.ZERO, latest).toNanos();
    delivered = Math.max(delivered, at);
    timeline.at(delivered, timeline.nature(), task);
  }

  private long now() {
    Long told = sent;
    return told == null ? timeline.now() : told;
  }

  /** Serves a request as if at the moment at which its client sent it. */
  void asOf(long moment, Order request) throws CoordinationException {
    sent = moment;
    try {
      request.carryOut();
    } finally {
      sent = null;
    }
  }

  /** Something that the server does. */
  interface Order {
    void carryOut() throws CoordinationException;
  }

  /** How late listeners hear at the latest. */
  public void notices(Duration slowest) {
    latest = slowest;
  }

  /** How long a request, and an answer, takes at the most. */
  public void requests(Duration slowest) {
    slowestRequest = slowest;
  }

  /** As long as usual. */
  public void calm() {
    requests(Duration.ofMillis(4));
    notices(Duration.ofMillis(5));
  }

  /** Whether it answers, and tells, in milliseconds. */
  boolean isPrompt() {
    return !down && slowestRequest.compareTo(PROMPT) <= 0 && latest.compareTo(PROMPT) <= 0;
  }

  Duration slowestRequest() {
    return slowestRequest;
  }

  /** Nobody is answered, or everybody is again, each with a session that is as good as new. */
  public void down(boolean isDown) {
    down = isDown;
    if (isDown) {
      server.cut();
    } else {
      server.restore();
      clients.forEach(client -> client.told = timeline.now());
    }
  }

  Ambush ambush() {
    return ambush;
  }

  /** An agent's session was touched; returns how much later than usual it is told so. */
  Duration renewed(Life agent) {
    for (Client client : clients) {
      if (client.life == agent) {
        return ambush.renewed(agent, Duration.ofNanos(timeline.now() - client.told));
      }
    }
    return Duration.ZERO;
  }

  Mutant mutant() {
    return mutant;
  }

  Duration sessionTimeout() {
    return sessionTimeout;
  }

  /** A new session of a process. */
  RemoteCoordinator connect(Life life, String name) {
    RemoteCoordinator remote = new RemoteCoordinator(this, name, life, server.open());
    clients.add(new Client(life, remote, timeline.now()));
    return remote;
  }

  void expire(MemorySession session) {
    server.expire(session);
  }

  private void beat() {
    for (Client client : clients) {
      client.freeze(!client.life.alive() || client.life.frozen());
    }
    server.tick();
    for (Client client : List.copyOf(clients)) {
      watch(client);
    }
    timeline.in(BEAT, timeline.nature(), this::beat);
  }

  private void watch(Client client) {
    long now = timeline.now();
    if (!client.remote.onLostServer() && now >= client.next) {
      if (client.session.touched() > client.told) {
        client.told = now;
      }
      client.next = now + sessionTimeout.dividedBy(2).toNanos();
    }
    boolean over = !down && now - client.told >= sessionTimeout.toNanos();
    if (over) {
      server.expire(client.session);
      client.told = now;
    }
    if (over && !client.life.alive()) {
      client.session.close();
      clients.remove(client);
    }
  }
}
