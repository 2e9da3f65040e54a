package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about one instant of one job.
 *
 * @param verdict for programs
 * @param cause of the verdict, for programs that put it into words of their own
 * @param explanation for people: what happened, under which version, and where to look next
 * @param version of the definition that was in force at {@code at}; null when the job did not exist
 *     then
 * @param runid for RAN
 * @param reason for SKIPPED and MISSED, in lower case
 * @param gap the due instants that share the reason; null when there is none
 * @param agent host name of the agent that has to tell, or is lost; null when there is none
 * @param since when that agent was taken for dead
 * @param previous the due instant before {@code at} under that version, when {@code at} was not due
 * @param following the due instant after it
 */
public record WhyView(
    String jobid,
    String name,
    Instant at,
    Verdict verdict,
    Cause cause,
    String explanation,
    @Nullable Long version,
    @Nullable String runid,
    @Nullable String reason,
    @Nullable Gap gap,
    @Nullable String agent,
    @Nullable Instant since,
    @Nullable Instant previous,
    @Nullable Instant following) {
  /** What happened. */
  public enum Verdict {
    RAN,
    SKIPPED,
    MISSED,
    /** Due, but not accounted for yet: the agent that owns it has not reported. */
    UNKNOWN,
    /** The definition in force did not ask for a start. */
    NOT_DUE,
    /** Due, and still to come. */
    FUTURE
  }

  /** Why that happened. */
  public enum Cause {
    /** There is a run. */
    RUN,
    /** Its run waited for its turn and was cancelled. */
    CANCELLED,
    /** Nothing ran, and the reason says why. */
    GAP,
    /** The job did not exist then. */
    NOT_MADE,
    /** The job was disabled then. */
    DISABLED,
    /** The job had no schedule then. */
    BY_HAND,
    /** Its schedule could not fire. */
    BROKEN,
    /** Its schedule did not mean this instant. */
    NOT_DUE,
    /** It is to come. */
    TO_COME,
    /** The agent that had the job is lost, and will tell when it comes back. */
    AGENT_LOST,
    /** The answer is older than what is kept. */
    NOT_KEPT,
    /** No agent holds the job. */
    NO_AGENT,
    /** The agent has not reported on it yet. */
    NOT_REPORTED,
    /** The agent that owns it is away. */
    AGENT_AWAY
  }

  /** Due instants in a row without a run. */
  public record Gap(Instant first, Instant last, long instants) {}
}
