package io.cloudtask.model.exchange;

import org.jspecify.annotations.Nullable;

/**
 * An agent asks the store, through any center, to leave its jobs with it for a while.
 *
 * @param incarnation of the agent process
 * @param clock the agent's wall clock, unix milliseconds
 * @param load of its host, per processor: 1.0 when each has just enough to do; null: not said
 */
public record LeaseRequest(String incarnation, long clock, @Nullable Double load) {}
