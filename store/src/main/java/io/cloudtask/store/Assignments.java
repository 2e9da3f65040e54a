package io.cloudtask.store;

import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.wire.Alloc;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which agent holds which job. A job has at most one open assignment; every change of an agent's
 * set raises its revision in the same transaction, once per transaction.
 */
public interface Assignments {
  /** A job, and the agent that gets it. */
  record Placing(String jobid, String agentkey) {}

  /**
   * An agent asks for its set.
   *
   * @param incarnation of its process; null: not said, and not looked at
   * @param held the revision that it says it holds
   * @param lease for how long nobody may take its jobs from now on
   */
  record Asking(
      @Nullable String incarnation, OptionalLong held, Duration lease, HandOut.Sole sole) {}

  /**
   * Gives a job to an agent; it owns the fire times after the job's fence.
   *
   * @return empty, and nothing changed, when the job does not exist, somebody still holds it, or
   *     the agent is unknown, fenced or retired
   */
  Optional<AssignmentRow> assign(String jobid, String agentkey, Instant now);

  /**
   * Gives many jobs to agents, in one go; each as {@link #assign} does, so those that can't be
   * given are passed over.
   *
   * @return the agents that got something
   */
  Set<String> assign(Collection<Placing> placings, Instant now);

  /**
   * Asks a job back from its agent. It stays in the set and its agent still owns it, and fires it
   * as usual, until it reports up to when it answered for it ({@code Fact.Dropped}); only then can
   * it be assigned again.
   *
   * @return the agent to tell; empty when nobody holds the job or it was asked back before
   */
  Optional<String> recall(String jobid, Instant now);

  /**
   * Withdraws a recall: the agent keeps the job, unless it has given it back already.
   *
   * @return the agent to tell; empty when nobody holds the job or it was not asked back
   */
  Optional<String> keep(String jobid);

  /** The open assignment of a job. */
  Optional<AssignmentRow> open(String jobid);

  /** All open assignments, by job; read in every round of the planner, so no more than it needs. */
  List<Holding> open();

  /** All assignments that a job had and that are still remembered, oldest first. */
  List<AssignmentRow> history(String jobid);

  /**
   * Hands an agent its set. From then on it counts as alive for the length of a lease: it is not
   * fenced behind its back, and may get jobs again when it had been. The store's lease it gets only
   * when it has acknowledged the set ({@link Agents#lease}): the answer may be lost.
   */
  HandOut handOut(String agentkey, Asking asking);

  /**
   * The set of an agent, its revision included; nothing changes.
   *
   * @return empty when there is no such agent
   */
  Optional<JobSet> jobSet(String agentkey);

  /**
   * The table of a runtime as the wire shows it: every job in sight, also those that nobody holds.
   * Its version grows with every change.
   *
   * @param server only the jobs of that host (ip or name); null: all
   */
  Alloc alloc(Scope scope, String runtime, @Nullable String server);

  /**
   * Who holds a job.
   *
   * @param recalled it was asked back; the agent still owns it until it says up to when
   */
  record Holding(String jobid, String agentkey, boolean recalled) {}
}
