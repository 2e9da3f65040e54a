package io.cloudtask.model.exchange;

/**
 * The answer to a {@link Hello}.
 *
 * @param applied the last sequence of this agent that is committed
 * @param revision of its job set
 */
public record Welcome(long applied, long revision) {}
