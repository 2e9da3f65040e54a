package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.time.Duration;

/**
 * An agent's presence in the one session that registered it. It never comes back by itself: what
 * the agent knew may be out of date by then, so it has to read the mark, learn its set and register
 * again. Thread-safe.
 */
public interface Registration extends Coordinator.Membership {
  /**
   * Writes our LEASE node and waits for the answer. When it returns, the lease is good for {@link
   * #leaseLength} from the moment at which this was called (by the monotonic clock; not from the
   * moment of the answer). When it throws, the lease is what it was before. Registering gives no
   * lease, so the first renewal is due at once; then one every quarter of the lease's length.
   *
   * <p>It is a write because a server that has lost its quorum still answers reads. After a silence
   * the first answered write or two do not count and throw, since it is not sure that the leader
   * has heard of the session in time (the reason is in {@code Touches}): go on every quarter.
   *
   * @throws RegistrationLostException when the session is over or one of our nodes is gone
   * @throws CoordinationException when no answer came, or one that does not count yet
   */
  void renew() throws CoordinationException;

  /**
   * Half of the session timeout that the server has granted. The other half is the margin: a server
   * that relays our writes may fall away before the leader knows of the newest of them, and clocks
   * run differently fast.
   */
  Duration leaseLength();

  /**
   * Calls back once when this registration is over, soon if it is already; not after {@link
   * #leave}. A lost session is noticed when the coordinator says so, or by the clock: the lease may
   * end before.
   */
  void onLost(Runnable listener);

  /**
   * Rewrites WORKER-key.
   *
   * @throws RegistrationLostException when the session is over or our node is gone
   */
  @Override
  void pulse(Node node) throws CoordinationException;

  /** Removes both nodes. Stop firing before: from then on somebody else may be given the jobs. */
  @Override
  void leave();
}
