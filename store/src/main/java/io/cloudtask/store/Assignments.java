package io.cloudtask.store;

import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.wire.Alloc;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which agent holds which job. A job has at most one open assignment; every change of an agent's
 * set raises its revision in the same transaction.
 */
public interface Assignments {
  /**
   * Gives a job to an agent; it owns the fire times after the job's fence.
   *
   * @return empty, and nothing changed, when the job does not exist or somebody still holds it
   */
  Optional<AssignmentRow> assign(String jobid, String agentkey, Instant now);

  /**
   * Takes a job out of its agent's set. The agent still owns it until it reports up to when it
   * answered for it ({@code Fact.Dropped}); only then can it be assigned again.
   *
   * @return the agent to tell; empty when nobody holds the job or it was asked back before
   */
  Optional<String> recall(String jobid, Instant now);

  /** The open assignment of a job. */
  Optional<AssignmentRow> open(String jobid);

  /** All open assignments, by job. */
  List<AssignmentRow> open();

  /** All assignments that a job had, oldest first. */
  List<AssignmentRow> history(String jobid);

  /**
   * The set of an agent, its revision included.
   *
   * @return empty when there is no such agent
   */
  Optional<JobSet> jobSet(String agentkey);

  /**
   * The table of a runtime as the wire shows it: every job, also those that nobody holds. Its
   * version grows with every change.
   *
   * @param server only the jobs of that host (ip or name); null: all
   */
  Alloc alloc(String runtime, @Nullable String server);
}
