package io.cloudtask.coordination;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides which answered writes are good for a lease of half the session timeout.
 *
 * <p>That a write was answered does not mean that the session lasts for its timeout from then on. A
 * follower keeps to itself that it heard of a session until the leader's next ping, which comes
 * every half tick; when it falls away right after it answered, the leader counts from what it heard
 * before. As a rule that is little earlier, since the client's own pings come all the time; but not
 * when the whole process had been frozen, and wakes up just before its session ends.
 *
 * <p>So a write is good when the leader is known to have heard of the session not long before: when
 * the session itself is young (the leader made it), or when another write was answered long enough
 * ago to have been passed on, and not longer ago than the session lasts beyond the lease. With S
 * the session timeout, "long enough" is S/6, which is half a tick when the timeout is three ticks
 * or more, and "not longer" is S/3, which leaves S/6 for clocks that run differently fast. The one
 * is half of the other: so writes in whatever steady rhythm up to S/3 are all good, one that fails
 * costs no more than itself, and after a silence it takes S/6 until one is good.
 *
 * <p>All times in nanoseconds of one ticker. Thread-safe.
 */
final class Touches {
  private final long born;
  private final Deque<Long> answered = new ArrayDeque<>();

  /**
   * @param born not later than the session
   */
  Touches(long born) {
    this.born = born;
  }

  /**
   * Notes an answered write.
   *
   * @param sent when it was sent
   * @return whether it is good for half of the timeout from then on
   */
  synchronized boolean answered(long sent, long timeout) {
    long enough = timeout / 6;
    long longest = timeout / 3;
    boolean good =
        sent - born <= longest
            || answered.stream().anyMatch(t -> sent - t >= enough && sent - t <= longest);
    answered.removeIf(t -> sent - t > longest);
    answered.add(sent);
    return good;
  }
}
