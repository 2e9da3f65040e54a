package io.cloudtask.agent.presence;

import io.cloudtask.agent.lease.Standing;
import io.cloudtask.agent.loop.Loop;
import io.cloudtask.agent.loop.Loops;
import io.cloudtask.agent.loop.Wait;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Registration;
import io.cloudtask.coordination.RegistrationLostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes our LEASE node in time, in a loop that does nothing else: no center and no disk must cost
 * the lease. Thread-safe.
 */
final class Renewal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Renewal.class.getName());
  private static final Duration LONGEST_NAP = Duration.ofMillis(500);

  private final Standing standing;
  private final Loop loop;
  private @Nullable Registration registration;

  Renewal(Standing standing, Loops loops) {
    this.standing = standing;
    this.loop = loops.loop("lease", Loops.Kind.URGENT, this::turn);
  }

  void start() {
    loop.start();
  }

  /** From now on this one is renewed. */
  void of(Registration current) {
    synchronized (this) {
      registration = current;
      standing.registered(current.leaseLength());
    }
    loop.ring();
  }

  /** It is over, and so is the lease that rests on it. */
  synchronized void over(Registration lost) {
    if (lost.equals(registration)) {
      registration = null;
      standing.lostByCoordinator();
    }
  }

  /** An answer that comes after the end confirms nothing. */
  private synchronized void confirmed(Registration answered, long sent) {
    if (answered.equals(registration)) {
      standing.confirmedByCoordinator(sent, answered.leaseLength());
    }
  }

  private synchronized @Nullable Registration current() {
    return registration;
  }

  private Wait turn() throws InterruptedException {
    Registration current = current();
    if (current == null) {
      return Wait.FOR_A_RING;
    }
    Duration wait = Duration.ofNanos(standing.untilRenewal());
    if (wait.isPositive()) {
      return Wait.atMost(wait.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : wait);
    }
    renew(current);
    return Wait.NONE;
  }

  private void renew(Registration current) throws InterruptedException {
    long sent = standing.renewing();
    try {
      current.renew();
      confirmed(current, sent);
    } catch (RegistrationLostException e) {
      over(current); // Presence hears of it too, and registers anew.
    } catch (CoordinationException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LOG.log(System.Logger.Level.DEBUG, "the lease is not renewed: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
