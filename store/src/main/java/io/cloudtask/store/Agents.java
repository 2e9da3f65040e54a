package io.cloudtask.store;

import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.rest.AgentView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
   * How far a clock is ahead of that of the database.
   *
   * @param fit whether that is little enough
   */
  record Skew(long millis, boolean fit) {}

  /** The outcome of {@link #lease}. */
  sealed interface Lease {
    /** It has one. */
    record Granted(LeaseAnswer answer) implements Lease {}

    /** It was taken for dead, and has not acknowledged the set that says so. */
    record Fenced() implements Lease {}

    /** Another process with that key said hello since. */
    record OtherIncarnation(String incarnation) implements Lease {}

    /** It never said hello. */
    record UnknownAgent() implements Lease {}
  }

  /** The outcome of {@link #fence} and {@link #retire}. */
  sealed interface Fencing {
    /**
     * It is done.
     *
     * @param until the last instant that it owned, of all these jobs
     * @param jobs that nobody holds now
     */
    record Fenced(Instant until, Set<String> jobs) implements Fencing {}

    /** Nothing changed: it has a lease, or was given one or its set meanwhile. */
    record StillLeased(Instant until) implements Fencing {}

    /** Nothing changed: it was fenced before, and has not asked for its set since. */
    record AlreadyFenced() implements Fencing {}

    /** It never said hello. */
    record Unknown() implements Fencing {}
  }

  /**
   * An agent process introduces itself. It counts as online, and is retired no longer.
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

  /**
   * Compares its clock with that of the database, and notes the difference.
   *
   * @param agentClock unix milliseconds
   * @param tolerance up to which its clock counts as right
   */
  Skew clock(String key, long agentClock, Duration tolerance);

  /**
   * Leaves its jobs with it for a while: nobody fences it before that is over, by the clock of the
   * database.
   *
   * @param tolerance up to which its clock counts as right
   */
  Lease lease(String key, LeaseRequest request, Duration length, Duration tolerance);

  /**
   * Takes its jobs from an agent that is gone, those excepted that are sole. It owned the fire
   * times up to the instant that is returned; what it did of them until then is unsettled. The
   * caller has made sure that the agent can't sign in without asking for its set, and sees, in this
   * transaction, that it leads.
   *
   * @param leaseuntil of the agent's row, as it was read before that was made sure of: when the
   *     agent was given a lease or its set since, it may have signed in, however long ago that was,
   *     and nothing changes
   * @param allowance how long after now it may still start something: the greatest skew of its
   *     clock, and its autonomy
   * @param published the revision of its set that the coordinator holds now; whatever comes of
   *     this, the agent's own is no less afterwards, so that the next change of its set is heard of
   */
  Fencing fence(String key, Instant leaseuntil, Duration allowance, long published);

  /**
   * Takes all its jobs from an agent, sole or not, because an operator says that it will not come
   * back; its lease does not matter. It gets none until a process of it says hello.
   *
   * @param leaseuntil as for {@link #fence}
   * @param published as for {@link #fence}
   */
  Fencing retire(String key, Instant leaseuntil, Duration allowance, long published);

  /** Says that it is to give its jobs back and gets no new ones, or that this is over. */
  void draining(String key, boolean on);

  /** How many runs are going on each agent; one without any is absent. */
  Map<String, Long> running();

  Optional<AgentRow> find(String key);

  /** All agents of a runtime, by key; null: of every runtime. */
  List<AgentRow> list(@Nullable String runtime);

  Optional<AgentView> view(String key);

  /**
   * As shown to people: the agents of a runtime by host name; null: of every runtime. They are in
   * sight with any part of their runtime, and how much they run is said as a whole.
   */
  List<AgentView> views(Scope scope, @Nullable String runtime);
}
