package io.cloudtask.model;

/** What happens when a job is due while a run of it is going. */
public enum Overlap {
  /** The due instant is recorded as skipped. The default. */
  SKIP,
  /** The run waits for its turn, in order of fire time. */
  QUEUE,
  /** The run starts beside the others. */
  PARALLEL,
  /**
   * The running one is stopped, then the new one starts; of several that wait only the newest does.
   */
  REPLACE
}
