package io.cloudtask.model.exchange;

/**
 * The answer to a {@link LeaseRequest}.
 *
 * @param millis how long nobody takes its jobs, counted from the moment at which the request was
 *     sent
 * @param skew how far the agent's clock is ahead of the store's, in milliseconds
 * @param fit whether that is little enough; an agent that is not fit starts nothing
 */
public record LeaseAnswer(long millis, long skew, boolean fit) {}
