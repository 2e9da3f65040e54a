package io.cloudtask.agent.lease;

import io.cloudtask.agent.timetable.Gate;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The lease of this process, for the threads that ask for it and the one that goes by it. */
public final class Standing {
  private final Lease lease;
  private final LongSupplier ticker;
  private volatile Runnable listener = () -> {};

  /** What an agent does with its lease. */
  interface Change {
    void make(Lease lease, long now);
  }

  /**
   * @param ticker monotonic nanoseconds
   */
  public Standing(LongSupplier ticker) {
    this.ticker = ticker;
    this.lease = new Lease(ticker.getAsLong());
  }

  /** Calls back, on any thread, when more or less may be started than before; must not block. */
  public void onChange(Runnable runnable) {
    listener = runnable;
  }

  public long now() {
    return ticker.getAsLong();
  }

  /** See {@link Lease#gate}. */
  public synchronized Gate gate() {
    return lease.gate(now());
  }

  /** Nanoseconds until the gate may close by itself; {@link Long#MAX_VALUE} when it won't. */
  public synchronized long untilClosed() {
    long left = lease.left(now());
    return left < 0 ? Long.MAX_VALUE : left + 1;
  }

  public void autonomy(Duration extra) {
    change((held, _) -> held.autonomy(extra));
  }

  public synchronized long asking() {
    return lease.asking();
  }

  public synchronized long asked() {
    return lease.asked();
  }

  public synchronized long learned() {
    return lease.learned();
  }

  public void learned(long number) {
    change((held, _) -> held.learned(number));
  }

  /** See {@link Lease#registered}. */
  public synchronized void registered(Duration length) {
    lease.registered(length);
  }

  public void confirmedByCoordinator(long sent, Duration length) {
    change((held, _) -> held.confirmedByCoordinator(sent, length));
  }

  /** See {@link Lease#lostByCoordinator}. */
  public void lostByCoordinator() {
    change(Lease::lostByCoordinator);
  }

  /** See {@link Lease#doubt}. */
  public void doubt() {
    change(Lease::doubt);
  }

  public void taken(boolean byAnother) {
    change((held, _) -> held.taken(byAnother));
  }

  /** The moment at which the write is sent. */
  public synchronized long renewing() {
    long now = now();
    lease.renewing(now);
    return now;
  }

  /** Nanoseconds until our node is to be written. */
  public synchronized long untilRenewal() {
    return lease.renewalDue() - now();
  }

  /** The moment at which the request is sent. */
  synchronized long askingStore() {
    long now = now();
    lease.askingStore(now);
    return now;
  }

  synchronized long untilStoreDue() {
    long now = now();
    return lease.storeDue(now) - now;
  }

  void change(Change change) {
    boolean moved;
    synchronized (this) {
      Gate before = lease.gate(now());
      change.make(lease, now());
      Gate after = lease.gate(now());
      moved = before.leased() != after.leased() || before.sole() != after.sole();
    }
    if (moved) {
      listener.run();
    }
  }
}
