package io.cloudtask.agent.report;

/**
 * How far facts are delivered, and how many go into the next batch. A plain object, without threads
 * and without a clock; not thread-safe.
 */
public final class Delivery {
  private static final int MOST = 500;

  private long acked;
  private int most = MOST;

  /**
   * @param acked what a center has committed, as far as the journal knows
   */
  public Delivery(long acked) {
    this.acked = acked;
  }

  /** Everything up to this sequence is committed in the store. */
  public long acked() {
    return acked;
  }

  /** How many facts are sent at once at the most. */
  public int most() {
    return most;
  }

  /** A center says how far it has come; says whether that is news. */
  public boolean applied(long sequence) {
    boolean news = sequence > acked;
    acked = Math.max(acked, sequence);
    return news;
  }

  /** A batch is committed. */
  public void delivered() {
    most = Math.min(MOST, most * 2);
  }

  /** A center will not have a batch: perhaps it is too large for it. */
  public void refused() {
    most = Math.max(1, most / 2);
  }
}
