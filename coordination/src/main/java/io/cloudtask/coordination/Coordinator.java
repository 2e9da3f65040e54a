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
   * is signed in again by itself, with the newest node that {@link Membership#pulse} named. Agents
   * whose jobs may move {@link #register} instead.
   *
   * @throws KeyTakenException when another living session holds the key
   */
  Membership join(Member member) throws CoordinationException;

  /** Everyone of a type ({@link Node#AGENT} or {@link Node#CENTER}) who is signed in now. */
  Roster roster(int type) throws CoordinationException;

  /** The readable ones of {@link #roster}. */
  default List<Member> members(int type) throws CoordinationException {
    return roster(type).members();
  }

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

  /** Reads what {@link #register} will check; an agent of whom nothing was published gets 0. */
  RevisionMark revisionMark(String key) throws CoordinationException;

  /**
   * Registers an agent: in one transaction checks that its job set has not moved since the mark was
   * read, and creates WORKER-key and LEASE-key, both ephemeral. The lease is good from the moment
   * at which this was called.
   *
   * @param known read before the agent learned the set that it will work by
   * @throws RevisionMovedException when the set has moved, or a leader has fenced the agent
   * @throws KeyTakenException when another living session holds the key
   * @throws CoordinationException when no answer came; register again with a new mark
   */
  Registration register(Member member, RevisionMark known) throws CoordinationException;

  /**
   * Makes sure that an agent which is not there can't come back without learning its set: in one
   * transaction checks that neither WORKER-key nor LEASE-key is there, and raises REV-key above
   * both what is published and {@code revision}.
   *
   * <p>It is the first half of fencing, the second is a transaction in the store. In between the
   * agent may come back, having asked a center for its set <em>after</em> this. So the store's time
   * is read before this, together with {@code revision}, and the second half fences only when the
   * agent's lease at the store had ended by that time.
   *
   * @param revision the newest one that the store knew just before; the agent may have it although
   *     it was never published
   * @return what REV-key holds now, which the store is to know; empty when the agent is there, and
   *     nothing is changed then
   */
  OptionalLong fence(String key, long revision) throws CoordinationException;

  /**
   * Stands for election among centers, until it is closed. The listener is called outside of locks.
   *
   * @param centerKey is shown to who looks
   */
  Candidacy lead(String centerKey, LeaderListener listener);

  /**
   * Tells who watches this bell that there is something to look at; many rings may count as one.
   */
  void ring(String bell) throws CoordinationException;

  /** Calls back after rings, and once at first when it was ever rung. */
  Subscription watchBell(String bell, Runnable listener);

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
