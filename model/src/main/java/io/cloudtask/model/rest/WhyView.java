package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says about one instant of one job.
 *
 * @param verdict for programs
 * @param explanation for people: what happened, under which version, and where to look next
 * @param version of the definition that was in force at {@code at}; null when the job did not exist
 *     then
 * @param runid for RAN
 * @param reason for SKIPPED and MISSED, in lower case
 * @param previous the due instant before {@code at} under that version, when {@code at} was not due
 * @param following the due instant after it
 */
public record WhyView(
    String jobid,
    String name,
    Instant at,
    Verdict verdict,
    String explanation,
    @Nullable Long version,
    @Nullable String runid,
    @Nullable String reason,
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
}
