package io.cloudtask.model.exchange;

import java.util.List;

/**
 * Everything that one agent holds.
 *
 * @param revision grows with every change of the set; also its ETag, and {@code allocversion} of
 *     the agent's ping
 * @param jobs in no order, each job once
 * @param closed spans of this agent that were ended without it, in no order
 * @param autonomy seconds for which the agent goes on past the end of its lease, 0 for none. Who
 *     takes jobs from it counts them on top, and goes by the longest that was handed out since the
 *     revision that the agent has acknowledged
 */
public record JobSet(
    long revision, List<AssignedJob> jobs, List<ClosedSpan> closed, long autonomy) {
  @SuppressWarnings("NullAway") // an older center names no closed spans
  public JobSet {
    jobs = List.copyOf(jobs);
    closed = closed == null ? List.of() : List.copyOf(closed);
  }

  /** A set of an agent that goes by its lease alone. */
  public JobSet(long revision, List<AssignedJob> jobs, List<ClosedSpan> closed) {
    this(revision, jobs, closed, 0);
  }

  /** A set of an agent that was never taken for dead. */
  public JobSet(long revision, List<AssignedJob> jobs) {
    this(revision, jobs, List.of());
  }
}
