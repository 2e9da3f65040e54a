package io.cloudtask.store;

import java.time.Instant;

/**
 * A transaction: one consistent view, and (in a writing one) changes that all happen or none. Valid
 * only inside the function that got it, on the thread that runs it. Changing something in a reading
 * transaction throws {@link StoreException}.
 */
public interface Tx {
  /**
   * The time of the database, to the millisecond, by which leases are granted and judged: one clock
   * for all centers.
   */
  Instant now();

  Leadership leadership();

  Runtimes runtimes();

  Jobs jobs();

  Agents agents();

  Assignments assignments();

  Reports reports();

  Claims claims();

  Runs runs();

  Overviews overviews();

  Ledger ledger();

  Outputs outputs();

  Packages packages();

  Accounts accounts();

  Sessions sessions();

  Logins logins();

  Tokens tokens();

  Audit audit();

  Notifications notifications();

  Requests requests();

  Legacy legacy();

  Retention retention();
}
