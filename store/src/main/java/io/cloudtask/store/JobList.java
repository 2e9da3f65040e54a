package io.cloudtask.store;

import io.cloudtask.model.rest.JobState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that were searched.
 *
 * @param next where to go on, in the order of place; null at the end and in other orders
 * @param counts how many of each state the filter finds, whatever state it names
 */
public record JobList(List<Entry> jobs, @Nullable String next, Map<JobState, Long> counts) {
  public JobList {
    jobs = List.copyOf(jobs);
    counts = Map.copyOf(counts);
  }

  /** A job and its state. */
  public record Entry(JobRow job, JobState state) {}
}
