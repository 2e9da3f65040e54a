package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What needs somebody now, what runs, and what is to come.
 *
 * @param late runs of the last hour that started more than a minute late
 * @param missed due instants of the last day without a run, that nobody wanted to skip
 * @param histogram of the last day, by hour
 */
public record Overview(
    List<JobItem> failing,
    List<RunView> late,
    List<Missed> missed,
    List<JobItem> unplaced,
    List<AgentView> agentsgone,
    List<Running> running,
    List<Upcoming> nexthour,
    List<Bucket> histogram,
    Fleet fleet) {
  /**
   * Due instants without a run.
   *
   * @param at the last of them
   */
  public record Missed(String jobid, String name, Instant at, String reason, long instants) {}

  /**
   * A run that is going.
   *
   * @param usualms how long good runs of its job usually take; null when none is known
   */
  public record Running(RunView run, @Nullable Long usualms) {}

  /** A fire time to come. */
  public record Upcoming(Instant at, String jobid, String name) {}

  /** Everybody who works. */
  public record Fleet(
      long agents, long online, long jobs, long capacity, long running, long centers) {}
}
