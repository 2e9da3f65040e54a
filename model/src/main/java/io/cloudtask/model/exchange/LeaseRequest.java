package io.cloudtask.model.exchange;

/**
 * An agent asks the store, through any center, to leave its jobs with it for a while.
 *
 * @param incarnation of the agent process
 * @param clock the agent's wall clock, unix milliseconds
 */
public record LeaseRequest(String incarnation, long clock) {}
