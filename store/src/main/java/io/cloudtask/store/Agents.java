package io.cloudtask.store;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.rest.AgentView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agents. */
public interface Agents {
  /** The outcome of {@link #hello}. */
  sealed interface Greeting {
    /** It is known now under that incarnation. */
    record Welcomed(long applied, long revision) implements Greeting {}

    /**
     * Its journal lacks what was applied already: its disk was lost or put back. It must take a new
     * key.
     */
    record JournalOlder(long applied) implements Greeting {}

    /** Another process with that key lives. */
    record OtherIncarnation(String incarnation) implements Greeting {}

    /** The runtime that it wants to join does not exist. */
    record UnknownRuntime(String runtime) implements Greeting {}

    /** The runtime lists its hosts, and this one is not among them. */
    record HostNotListed(String runtime) implements Greeting {}
  }

  /**
   * An agent process introduces itself. It counts as online.
   *
   * @param otherLives whether the caller knows that a process of that key and another incarnation
   *     lives
   * @param capacity how many jobs it takes at the most
   */
  Greeting hello(String key, Hello hello, int capacity, boolean otherLives, Instant now);

  /** It spoke to a center, and says that it holds a revision of its set (at least). */
  void acknowledged(String key, long revision, Instant now);

  /** It spoke to a center. */
  void seen(String key, Instant now);

  /**
   * Says who is signed in at the coordinator; all others count as offline.
   *
   * @return whether anything changed
   */
  boolean online(Set<String> keys);

  Optional<AgentRow> find(String key);

  /** All agents of a runtime, by key; null: of every runtime. */
  List<AgentRow> list(@Nullable String runtime);

  Optional<AgentView> view(String key);

  /** As shown to people: all agents of a runtime by host name; null: of every runtime. */
  List<AgentView> views(@Nullable String runtime);
}
