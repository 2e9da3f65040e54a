package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of a job usually go.
 *
 * @param runs of the last 30 days that are over
 * @param usual how long good runs take; null while there is none
 * @param days oldest first
 */
public record JobStats(long runs, long succeeded, @Nullable Usual usual, List<Day> days) {
  /** Percentiles of durations, in milliseconds. */
  public record Usual(long p10ms, long p50ms, long p90ms) {}

  /**
   * A day.
   *
   * @param day as yyyy-MM-dd, in UTC
   * @param failed all that did not go well
   */
  public record Day(String day, long runs, long succeeded, long failed) {}
}
