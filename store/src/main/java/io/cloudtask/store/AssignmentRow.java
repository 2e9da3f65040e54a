package io.cloudtask.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A span of the time line of a job, and the agent that owns the fire times in it.
 *
 * @param span from 1, per job
 * @param version of the job when it was assigned
 * @param from the fence instant: fire times up to and including it belong to somebody else
 * @param recalled when it was asked back; the agent still owns it until it says up to when
 * @param until the last instant that the agent owned; null while it owns the job
 * @param fenced it was ended without its agent, which was taken for dead
 */
public record AssignmentRow(
    String jobid,
    long span,
    String agentkey,
    long version,
    Instant from,
    Instant assignedat,
    @Nullable Instant recalled,
    @Nullable Instant until,
    boolean fenced) {}
