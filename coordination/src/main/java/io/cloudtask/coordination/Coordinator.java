package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One session with the coordinator. Thread-safe. Listeners are called on a thread of the
 * coordinator, one at a time, and must not block; a listener that is told of the same value twice
 * must not mind.
 */
public interface Coordinator extends AutoCloseable {
  /** How the session is doing. */
  enum Connection {
    /** Answers come. */
    CONNECTED,
    /** No answer at the moment; the session may still live. */
    SUSPENDED,
    /** The session is gone, and with it the ephemeral nodes. */
    LOST
  }

  /** How the session is doing now. */
  Connection connection();

  /** Calls back on each change of the connection until the subscription is closed. */
  Subscription onConnection(Consumer<Connection> listener);

  /**
   * Signs in: WORKER-key for an agent, CENTER-key for a center, ephemeral. After a lost session it
   * is signed in again by itself, with the newest node that {@link Membership#pulse} named.
   *
   * @throws CoordinationException when the coordinator can't be asked, or another living session
   *     holds the key
   */
  Membership join(Member member) throws CoordinationException;

  /** Everyone of a type ({@link Node#AGENT} or {@link Node#CENTER}) who is signed in now. */
  List<Member> members(int type) throws CoordinationException;

  /**
   * Calls back with all members of a type at once and after each change; unreadable nodes are left
   * out and logged.
   */
  Subscription watchMembers(int type, Consumer<List<Member>> listener);

  /** The newest published revision of an agent's job set; empty when none was ever published. */
  OptionalLong revision(String key) throws CoordinationException;

  /** Publishes a revision; one that is not greater than the published one changes nothing. */
  void publishRevision(String key, long revision) throws CoordinationException;

  /** Calls back with the revision at once (when there is one) and after each change. */
  Subscription watchRevision(String key, LongConsumer listener);

  /** The configuration that all share. */
  Optional<ServerConfig> serverConfig() throws CoordinationException;

  /** Replaces the configuration that all share. */
  void publish(ServerConfig config) throws CoordinationException;

  /** Calls back with the configuration at once (when there is one) and after each change. */
  Subscription watchServerConfig(Consumer<ServerConfig> listener);

  /** Ends the session; ephemeral nodes vanish. */
  @Override
  void close();

  /** A presence that lasts until it leaves, or its session dies. */
  interface Membership {
    /** Rewrites the node's JSON. */
    void pulse(Node node) throws CoordinationException;

    /** Signs out: the node is removed. Never throws; a dead session removes it anyway. */
    void leave();
  }

  /** A listener that is still called. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
