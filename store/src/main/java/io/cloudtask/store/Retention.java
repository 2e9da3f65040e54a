package io.cloudtask.store;

import java.time.Duration;
import java.time.Instant;

/** Removes what is too old, a little at a time. */
public interface Retention {
  /**
   * What is kept.
   *
   * @param runs age up to which runs and gaps are kept
   * @param outputs age up to which output is kept
   * @param outputsPerJob output of that many newest runs of each job is kept
   */
  record Limits(Duration runs, Duration outputs, int outputsPerJob) {
    /** 90 days of runs and gaps; output of 14 days and of at most 1,000 runs per job. */
    public static final Limits DEFAULT = new Limits(Duration.ofDays(90), Duration.ofDays(14), 1000);
  }

  /**
   * What a call did.
   *
   * @param removed how many rows went
   * @param done nothing more is over the limits
   */
  record Progress(int removed, boolean done) {}

  /**
   * Removes some of what is over the limits; runs that are not over are never removed.
   *
   * @param batch rows to remove at the most, per kind
   * @return call again, in a new transaction, until it is done
   */
  Progress prune(Limits limits, int batch, Instant now);
}
