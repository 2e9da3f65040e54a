package io.cloudtask.model.rest;

import io.cloudtask.model.run.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list of jobs.
 *
 * @param durationms milliseconds from start to end; null until it ended
 * @param at when it was due, or asked for
 */
public record LastRun(String runid, RunState state, @Nullable Long durationms, Instant at) {}
