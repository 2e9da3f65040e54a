package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which agent holds a job; nulls while none does.
 *
 * @param agent its host name
 * @param reason why nobody can take it; ""
 */
public record AssignmentView(
    String jobid,
    String name,
    String group,
    @Nullable String agentkey,
    @Nullable String agent,
    @Nullable Instant since,
    String reason) {}
