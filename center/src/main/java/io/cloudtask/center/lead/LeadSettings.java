package io.cloudtask.center.lead;

import io.cloudtask.center.allocate.Mode;
import io.cloudtask.store.Retention;
import java.time.Duration;

/**
 * How a leader does its work.
 *
 * @param mode by what a job that moves finds its agent
 * @param recovery for how long an agent that was taken for dead has to be back until jobs that
 *     others hold move to it
 * @param lease for how long agents get leases from the store
 * @param skew how far the clock of an agent may be off
 * @param fencing whether agents can be taken for dead at all; not where there is only one
 * @param horizon after which nobody waits any longer for what a dead agent may tell
 * @param retention how long runs and output are kept
 */
public record LeadSettings(
    Mode mode,
    Duration recovery,
    Duration lease,
    Duration skew,
    boolean fencing,
    Duration horizon,
    Retention.Limits retention) {
  /** As usual in a cluster. A lease is shorter than a session, so that it delays no failover. */
  public static final LeadSettings CLUSTER =
      new LeadSettings(
          Mode.HASH,
          Duration.ofSeconds(320),
          Duration.ofSeconds(8),
          Duration.ofSeconds(1),
          true,
          Duration.ofHours(24),
          Retention.Limits.DEFAULT);

  /** For a center whose one agent keeps all jobs whatever happens. */
  public static final LeadSettings ALONE =
      new LeadSettings(
          Mode.HASH,
          Duration.ZERO,
          CLUSTER.lease,
          CLUSTER.skew,
          false,
          CLUSTER.horizon,
          Retention.Limits.DEFAULT);

  /** The same, with what is configured. */
  public LeadSettings with(
      Mode otherMode, Duration otherRecovery, Duration otherLease, Duration otherSkew) {
    return new LeadSettings(
        otherMode, otherRecovery, otherLease, otherSkew, fencing, horizon, retention);
  }
}
