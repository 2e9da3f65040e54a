package io.cloudtask.model.exchange;

import java.util.List;

/**
 * Everything that one agent holds.
 *
 * @param revision grows with every change of the set; also its ETag, and {@code allocversion} of
 *     the agent's ping
 * @param jobs in no order, each job once
 */
public record JobSet(long revision, List<AssignedJob> jobs) {
  public JobSet {
    jobs = List.copyOf(jobs);
  }
}
