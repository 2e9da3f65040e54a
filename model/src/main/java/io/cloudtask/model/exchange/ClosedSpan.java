package io.cloudtask.model.exchange;

import java.time.Instant;

/**
 * A span that was ended without its agent, which was taken for dead, and that the agent has not
 * accounted for yet. It owns the fire times up to {@code until} and no others: what it has not
 * started of them it never will, and it answers for them all.
 *
 * @param span number of the assignment in the life of the job
 * @param until the last instant that it owned
 */
public record ClosedSpan(String jobid, long span, Instant until) {}
