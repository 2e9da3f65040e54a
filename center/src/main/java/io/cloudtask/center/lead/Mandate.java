package io.cloudtask.center.lead;

import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The right to change what only the leader may change. Thread-safe.
 *
 * <p>It is asked for in the very transaction that makes use of it, so that a center that was
 * deposed without noticing (paused, cut off) changes nothing, however late it wakes.
 */
public final class Mandate {
  private final Store store;
  private final String centerKey;
  private final BooleanSupplier elected;
  private final AtomicReference<Reign> reign = new AtomicReference<>(Reign.NONE);

  /**
   * @param centerKey of this center
   * @param elected whether the coordinator says that this center leads
   */
  public Mandate(Store store, String centerKey, BooleanSupplier elected) {
    this.store = store;
    this.centerKey = centerKey;
    this.elected = elected;
  }

  String centerKey() {
    return centerKey;
  }

  /**
   * Looks whether this center is elected, and takes an epoch when it has none.
   *
   * @return the epoch, when one was taken just now
   */
  Optional<Long> assume() {
    if (look().phase() != Reign.Phase.ELECTED) {
      return Optional.empty();
    }
    long epoch = store.write(tx -> tx.leadership().take(centerKey, tx.now()));
    boolean leads = reign.updateAndGet(now -> now.elected(isElected()).took(epoch)).leads();
    return leads ? Optional.of(epoch) : Optional.empty();
  }

  private boolean isElected() {
    return elected.getAsBoolean();
  }

  private Reign look() {
    boolean is = isElected();
    return reign.updateAndGet(now -> now.elected(is));
  }

  /** Whether this center leads, as far as it knows; 0 or its epoch. */
  public long epoch() {
    return look().epoch();
  }

  /**
   * Changes something as the leader.
   *
   * @return empty, and nothing changed, when this center does not lead (any more)
   */
  public <T> Optional<T> write(Function<Tx, T> work) {
    Reign now = look();
    if (!now.leads()) {
      return Optional.empty();
    }
    Optional<T> done =
        store.write(tx ->
            tx.leadership().holds(now.epoch()) ? Optional.of(work.apply(tx)) : Optional.empty());
    if (done.isEmpty()) {
      reign.updateAndGet(then -> then.overtaken(now.epoch()));
    }
    return done;
  }
}
