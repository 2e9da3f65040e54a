package io.cloudtask.center.runs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.JobRow;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of one instant of one job.
 *
 * @param job as it is now
 * @param at the instant asked about
 * @param run for that fire time
 * @param gap that covers it
 * @param unsettled the range that covers it of an agent that is lost; null when there is none
 * @param ruling the version that decided whether it was due; null before the job existed
 * @param cursor up to which everything due is answered; null when nothing ever was
 * @param agent host name of the agent that holds the job now; null while nobody does
 * @param online whether that agent is there
 */
public record WhyFacts(
    JobRow job,
    Instant at,
    @Nullable RunView run,
    @Nullable GapRow gap,
    @Nullable Unsettled unsettled,
    @Nullable Ruling ruling,
    @Nullable Instant cursor,
    @Nullable String agent,
    boolean online) {
  /**
   * Fire times of which nobody knows whether they ran.
   *
   * @param agent host name of the agent that will tell when it comes back
   * @param since when it was taken for dead
   */
  public record Unsettled(String agent, Instant since) {}

  /**
   * A version, and since when it decides.
   *
   * @param effective fire times after it follow the version
   * @param host zone of schedules and jobs that name none
   */
  public record Ruling(long version, JobDefinition definition, Instant effective, ZoneId host) {}
}
