package io.cloudtask.model.exchange;

/**
 * A fact with its place in the journal of its agent.
 *
 * @param sequence grows by any amount from fact to fact, never repeats
 */
public record Report(long sequence, Fact fact) {}
