package io.cloudtask.model.rest;

import io.cloudtask.model.run.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A due instant and what became of it, or several that met with the same.
 *
 * @param at the only one; null when there are several
 * @param from the first of several
 * @param to the last of several
 * @param instants how many
 * @param runid of the last attempt, for RAN
 * @param reason for SKIPPED and MISSED, in lower case; or that of the run
 */
public record LedgerItem(
    @Nullable Instant at,
    @Nullable Instant from,
    @Nullable Instant to,
    long instants,
    WhyView.Verdict verdict,
    @Nullable String runid,
    @Nullable RunState state,
    @Nullable String reason) {}
