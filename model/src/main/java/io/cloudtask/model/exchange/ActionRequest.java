package io.cloudtask.model.exchange;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /cloudtask/v2/jobs/action}.
 *
 * @param runtime of the agent
 * @param jobid which
 * @param action {@code start} or {@code stop}, in any case of letters
 * @param runid ours: the id that a manual run gets, so that a repeated request starts nothing
 *     twice; or, with stop, the one run to stop; null: a new one, or all
 */
public record ActionRequest(
    @Nullable String runtime,
    @Nullable String jobid,
    @Nullable String action,
    @Nullable String runid) {}
