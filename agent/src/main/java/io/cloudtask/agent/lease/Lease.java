package io.cloudtask.agent.lease;

import io.cloudtask.agent.timetable.Gate;
import io.cloudtask.model.run.GapReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Until when this agent may start what others could be given, and whether it knows what that is.
 *
 * <p>A leader takes the jobs of an agent for dead ones only when the agent's node at the
 * coordinator is gone and its lease in the store has passed. So an agent that has lately had the
 * word of either of them may go on, and neither outage alone stops a job:
 *
 * <ul>
 *   <li><b>The coordinator</b>: an answered <em>write</em> to a node of ours in our own session,
 *       for half of the session's timeout. A read would not do: a server that has lost its quorum
 *       answers it while the others let our session expire. The other half is the margin: a
 *       follower tells the leader of our touch only with its next ping, which costs up to a tick,
 *       and no session is shorter than two.
 *   <li><b>The store</b>, asked through any center: for as long as it says.
 * </ul>
 *
 * <p>Both count from the moment of <em>sending</em>: the other side counts from a later one, the
 * moment at which it heard of it. And both count by the monotonic clock, which steps of the wall
 * clock don't move.
 *
 * <p>A lease is worth nothing to who has been taken for dead meanwhile and has not heard of it.
 * With the coordinator that can't be: registering checks that the job set has not moved ({@code
 * presence}). The store grants none to a fenced agent, but handing out the set un-fences it, and
 * the set may still be on its way, or lost with the process that asked for it. So a grant that does
 * not come within the time of the lease before counts only when every request for the set that was
 * sent before the grant came is answered, by its own answer or a later one, and what it says of
 * spans is journalled.
 *
 * <p>Autonomy lengthens the lease at the agent and, by as much, the time up to which a leader
 * leaves fire times to a dead one.
 *
 * <p>All instants are monotonic nanoseconds. Not thread-safe.
 */
public final class Lease {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** The store compares clocks, too, so it is asked so often in any case. */
  private static final long ANYWAY = 15 * SECOND;

  /** A word that was given, from its sending on. */
  private record Term(long sent, long nanos) {
    boolean lasts(long now) {
      return end() - now >= 0;
    }

    long end() {
      return sent + nanos;
    }

    boolean halfUsed(long now) {
      return end() - now < nanos / 2;
    }
  }

  private @Nullable Term coordinator;
  private @Nullable Term store;
  private long autonomy;

  /** Nothing was confirmed after this, unless a term says so. */
  private long since;

  /** For how long the answer to a write to our node is good. */
  private long worth;

  /** Whether our node was not written since we were registered. */
  private boolean unwritten = true;

  private long renewalTried;
  private long storeTried;

  /** Requests for the set are numbered; one of an earlier process may not be answered yet. */
  private long asked = 1;

  private long learned;
  private long storeNeeds = 1;
  private long neededByAll;
  private boolean fit = true;
  private boolean taken;

  /** Whether the wall clock has moved since the store compared it with its own. */
  private boolean moved;

  private long movedAt;

  /**
   * @param now at the start of the process
   */
  public Lease(long now) {
    this.since = now;
    this.renewalTried = now;
    this.storeTried = now - ANYWAY;
  }

  /** How much longer than confirmed it lasts. */
  public void autonomy(Duration extra) {
    autonomy = extra.toNanos();
  }

  /** A request for the job set is about to be sent; returns its number. */
  public long asking() {
    asked++;
    return asked;
  }

  /** The number of the last request for the job set. */
  public long asked() {
    return asked;
  }

  /** The answer to a request for the set is in force, as far as spans are concerned. */
  public void learned(long number) {
    learned = Math.max(learned, number);
  }

  /** The last request for the set whose answer is in force. */
  public long learned() {
    return learned;
  }

  /**
   * We are registered. That confirms nothing yet (see {@code Registration}); the first write to our
   * node does.
   *
   * @param length for how long the answer to such a write is good
   */
  public void registered(Duration length) {
    worth = length.toNanos();
    unwritten = true;
  }

  /** A write to our node was answered. */
  public void confirmedByCoordinator(long sent, Duration length) {
    worth = length.toNanos();
    coordinator = new Term(sent, worth);
  }

  /**
   * Our registration is over. The word of the coordinator rests on the session lasting for its
   * timeout; when that ends sooner, because somebody ended it, nothing was confirmed after now.
   */
  public void lostByCoordinator(long now) {
    if (coordinator != null && coordinator.lasts(now)) {
      coordinator = new Term(coordinator.sent(), now - coordinator.sent());
    }
  }

  /** The store has granted a lease. */
  public void confirmedByStore(long sent, Duration length, long now) {
    boolean unbroken =
        (coordinator != null && coordinator.lasts(now)) || (store != null && counts(store, now));
    storeNeeds = unbroken ? 0 : asked;
    store = new Term(sent, length.toNanos());
  }

  private boolean counts(Term ofStore, long now) {
    return ofStore.lasts(now) && learned >= storeNeeds;
  }

  /**
   * The wall clock went ahead of the monotonic one: somebody has set it, or the host was suspended,
   * while which the monotonic clock of some systems stands. What was confirmed before counts no
   * more; and as a clock that was set forward would start what is due much later, when it may be
   * somebody else's, the store has to compare it first.
   */
  public void doubt(long now) {
    forget(now);
    moved = true;
    movedAt = now;
  }

  private void forget(long now) {
    since = now;
    coordinator = null;
    store = null;
  }

  /**
   * The store says that this agent was taken for dead, or retired: nothing is its own, not even
   * what needs no lease, until it has asked for its set again.
   */
  public void fenced(long now) {
    forget(now);
    neededByAll = asked + 1;
  }

  /** Whether another process has this agent's key. */
  public void taken(boolean byAnother) {
    taken = byAnother;
  }

  /**
   * The store has compared the clock of this host with its own.
   *
   * @param sent when the clock was read
   * @param right whether it is right enough
   */
  public void compared(long sent, boolean right) {
    fit = right;
    moved = moved && sent - movedAt < 0;
  }

  /** What may be started; to be asked after the wall clock was looked at, not before. */
  public Gate gate(long now) {
    boolean lasts = left(now) >= 0;
    boolean unknown = taken || learned < neededByAll;
    GapReason sole = null;
    if (!fit) {
      sole = GapReason.CLOCK_OFF;
    } else if (unknown) {
      sole = GapReason.LEASE_LOST;
    }
    GapReason leased = sole;
    if (sole == null && !lasts) {
      leased = GapReason.LEASE_LOST;
    } else if (sole == null && moved) {
      leased = GapReason.CLOCK_OFF;
    }
    Duration cutOff = lasts ? null : Duration.ofNanos(-left(now));
    return new Gate(leased, sole, cutOff);
  }

  /** Nanoseconds until it ends unless it is confirmed again; negative when it has ended. */
  public long left(long now) {
    long left = since - now - 1;
    if (coordinator != null) {
      left = Math.max(left, coordinator.end() + autonomy - now);
    }
    if (store != null && learned >= storeNeeds) {
      left = Math.max(left, store.end() + autonomy - now);
    }
    return left;
  }

  /** Our node is about to be written. */
  public void renewing(long now) {
    renewalTried = now;
    unwritten = false;
  }

  /** When our node is to be written next: every quarter of its worth, sooner after a failure. */
  public long renewalDue() {
    if (unwritten) {
      return renewalTried;
    }
    boolean answered = coordinator != null && coordinator.sent() - renewalTried >= 0;
    return renewalTried + worth / (answered ? 4 : 16);
  }

  /** The store is about to be asked. */
  public void askingStore(long now) {
    storeTried = now;
  }

  /**
   * When the store is to be asked next, as far as can be seen now: when the word of the coordinator
   * is half used up, and now and then in any case.
   */
  public long storeDue(long now) {
    Term granted = store != null && store.sent() - storeTried >= 0 ? store : null;
    if (moved) {
      return storeTried + SECOND;
    }
    if (coordinator == null || coordinator.halfUsed(now)) {
      return storeTried + (granted == null ? SECOND : Math.min(ANYWAY, granted.nanos() / 2));
    }
    long due = storeTried + (granted == null ? 5 * SECOND : ANYWAY);
    long halfUsed = coordinator.end() - coordinator.nanos() / 2 + 1;
    return halfUsed - due < 0 ? halfUsed : due;
  }
}
