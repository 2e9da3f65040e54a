package io.cloudtask.store;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.rest.RunView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How each due instant of a job was answered. */
public interface Ledger {
  /**
   * A version that an agent has taken: fire times after {@code effective} follow it, until those of
   * the next one.
   *
   * @param zone of the host, in which schedules without one are read
   */
  record InForce(long version, Instant effective, String zone, String agentkey) {}

  /** The run for a fire time; of several attempts the last one. */
  Optional<RunView> run(String jobid, Instant fireat);

  /** The gap that covers an instant, whether that was due or not. */
  Optional<GapRow> gap(String jobid, Instant at);

  /** Gaps that reach into [from, to], oldest first. */
  List<GapRow> gaps(String jobid, Instant from, Instant to, int limit);

  /**
   * What decided whether a fire time was due; empty while no agent had taken the job (then {@link
   * Jobs#versionAt} says what was wanted).
   */
  Optional<InForce> inForce(String jobid, Instant fireat);

  /** Up to which instant everything due is answered; empty for a job that never was. */
  Optional<Instant> cursor(String jobid);

  /** Records due instants of a job that no agent held; adjacent ones become one row. */
  void record(Fact.Gap gap);

  /**
   * The unsettled range that an instant lies in: when it was due and has no run, nobody knows yet
   * whether it ran. A gap {@link io.cloudtask.model.run.GapReason#CLAIMED_ELSEWHERE} is no answer
   * while there is one.
   */
  Optional<UnsettledRow> unsettled(String jobid, Instant at);

  /** Unsettled ranges of agents that were taken for dead before an instant, oldest first. */
  List<UnsettledRow> unsettledBefore(Instant since, int limit);

  /** The fire times in [first, last] that ran, in order. */
  List<Instant> ran(String jobid, Instant first, Instant last);

  /**
   * Closes an unsettled range, because its agent has been away for too long. What the agent tells
   * after all replaces these gaps.
   *
   * @param gaps the due instants in it that did not run, with the reason that the agent was lost
   * @return false, and nothing changed, when it was settled meanwhile
   */
  boolean lost(UnsettledRow row, List<Fact.Gap> gaps);
}
