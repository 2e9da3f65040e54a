package io.cloudtask.model.exchange;

/**
 * The answer to a {@link LeaseRequest}.
 *
 * @param millis how long nobody takes its jobs, counted from the moment at which the request was
 *     sent
 * @param skew how far the agent's clock is ahead of the store's, in milliseconds, less the time
 *     that the request was under way
 * @param fit whether that is little enough as it looks to the store, which does not know the way;
 *     what the agent makes of it counts, and an agent that is not fit starts nothing
 * @param tolerance up to which a clock is right, in milliseconds; 0 from a center that does not say
 */
public record LeaseAnswer(long millis, long skew, boolean fit, long tolerance) {}
