package io.cloudtask.store;

import java.time.Duration;
import java.time.Instant;

/**
 * How often somebody has tried to sign in lately; counted here so that all centers count as one.
 */
public interface Logins {
  /**
   * Tries that count together.
   *
   * @param number how many, with the one just counted
   * @param since when the first of them was
   */
  record Tries(int number, Instant since) {}

  /**
   * Counts a try. The first one after a span begins a new count, so that a span that begins with a
   * try never has more than what the caller lets pass.
   *
   * @param subject an account or an address
   */
  Tries count(String subject, Instant now, Duration span);

  /** Takes one try back. */
  void forgive(String subject);

  /** Takes all tries back. */
  void forget(String subject);
}
