package io.cloudtask.agent.presence;

import io.cloudtask.agent.lease.Standing;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Registration;
import io.cloudtask.coordination.RegistrationLostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes our LEASE node in time, on a thread that does nothing else: no center and no disk must
 * cost the lease. Thread-safe.
 */
final class Renewal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Renewal.class.getName());
  private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration STOP = Duration.ofSeconds(2);

  private final Standing standing;
  private final Thread thread;
  private @Nullable Registration registration;

  Renewal(Standing standing) {
    this.standing = standing;
    this.thread = Thread.ofPlatform().name("lease").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** From now on this one is renewed; null: none. */
  synchronized void of(@Nullable Registration current) {
    registration = current;
    notifyAll();
  }

  private synchronized Registration current() throws InterruptedException {
    while (registration == null) {
      wait();
    }
    return registration;
  }

  private synchronized void over(Registration lost) {
    if (lost.equals(registration)) {
      registration = null;
    }
  }

  private void run() {
    try {
      while (true) {
        Registration current = current();
        long wait = standing.untilRenewal();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(Math.min(wait, LONGEST_NAP));
        } else {
          renew(current);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void renew(Registration current) throws InterruptedException {
    long sent = standing.renewing();
    try {
      current.renew();
      standing.confirmedByCoordinator(sent, current.leaseLength());
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
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
