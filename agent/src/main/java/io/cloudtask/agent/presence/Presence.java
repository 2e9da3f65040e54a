package io.cloudtask.agent.presence;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Signs in and stays signed in, on a thread of its own. Thread-safe. */
public final class Presence implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Presence.class.getName());
  private static final Duration STOP = Duration.ofSeconds(3);

  /** Where the coordinator is. */
  public interface Source {
    /** Begins a session; it is closed with this agent. */
    Coordinator connect() throws CoordinationException;
  }

  /** Who hears what the coordinator says; must not block. */
  public interface Notices {
    /** The published revision of this agent's job set. */
    void revision(long revision);

    /** The configuration that all share. */
    void serverConfig(ServerConfig config);
  }

  private final Source source;
  private final String key;
  private final Notices notices;
  private final Clock clock;
  private final Duration pulse;
  private final Thread thread;
  private volatile Node node;
  private @Nullable Coordinator coordinator;
  private Coordinator.@Nullable Membership membership;
  private boolean troubled;

  /**
   * @param node as it is before it is signed in
   * @param pulse time between heartbeats, and between attempts to sign in
   */
  public Presence(
      Source source, String key, Node node, Notices notices, Clock clock, Duration pulse) {
    this.source = source;
    this.key = key;
    this.node = node;
    this.notices = notices;
    this.clock = clock;
    this.pulse = pulse;
    this.thread = Thread.ofPlatform().name("presence").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** As of the last heartbeat. */
  public Node node() {
    return node;
  }

  private void run() {
    try {
      while (true) {
        beat();
        Thread.sleep(pulse);
      }
    } catch (InterruptedException e) {
      leave();
    }
  }

  private void beat() {
    Node now = node.at(clock.instant().getEpochSecond(), true);
    try {
      Coordinator session = session();
      if (membership == null) {
        membership = session.join(new Member(key, now));
      } else {
        membership.pulse(now);
      }
      node = now;
      say(null);
    } catch (CoordinationException e) {
      node = node.at(node.timestamp(), false);
      say(e);
    }
  }

  private Coordinator session() throws CoordinationException {
    Coordinator session = coordinator;
    if (session == null) {
      session = source.connect();
      coordinator = session;
      Consumer<ServerConfig> configs = notices::serverConfig;
      session.watchRevision(key, notices::revision);
      session.watchServerConfig(configs);
    }
    return session;
  }

  private void say(@Nullable CoordinationException trouble) {
    if (trouble != null && !troubled) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The coordinator does not know of this agent: {0}. Jobs go on; trying again.",
          trouble.getMessage());
    } else if (trouble == null && troubled) {
      LOG.log(System.Logger.Level.INFO, "The coordinator knows of this agent again.");
    }
    troubled = trouble != null;
  }

  private void leave() {
    if (membership != null) {
      membership.leave();
    }
    if (coordinator != null) {
      coordinator.close();
    }
  }

  /** Signs out, and ends the session. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
