package io.cloudtask.model.exchange;

import java.util.List;

/**
 * Everything that one agent holds.
 *
 * @param revision grows with every change of the set; also its ETag, and {@code allocversion} of
 *     the agent's ping
 * @param jobs in no order, each job once
 * @param closed spans of this agent that were ended without it, in no order
 */
public record JobSet(long revision, List<AssignedJob> jobs, List<ClosedSpan> closed) {
  @SuppressWarnings("NullAway") // an older center names no closed spans
  public JobSet {
    jobs = List.copyOf(jobs);
    closed = closed == null ? List.of() : List.copyOf(closed);
  }

  public JobSet(long revision, List<AssignedJob> jobs) {
    this(revision, jobs, List.of());
  }
}
