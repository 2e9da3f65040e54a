package io.cloudtask.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Which center may plan. Whoever is elected takes the leadership once and keeps the epoch; every
 * transaction that plans, fences or prunes asks first whether it still holds it. A leader that was
 * deposed without noticing changes nothing, however late it wakes.
 */
public interface Leadership {
  /**
   * Who took it last.
   *
   * @param epoch from 1, grows with every {@link Leadership#take}
   */
  record LeaderRow(long epoch, String centerkey, Instant since) {}

  /** Takes it from whoever had it. Waits for a transaction that holds it. Returns the epoch. */
  long take(String centerkey, Instant now);

  /**
   * Whether nobody took it since. When it answers true, nobody does before this transaction ends,
   * which must be a writing one.
   */
  boolean holds(long epoch);

  /** Empty when nobody ever did. */
  Optional<LeaderRow> current();
}
