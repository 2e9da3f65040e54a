package io.cloudtask.model.rest;

/**
 * Whether a test arrived.
 *
 * @param error why it did not; ""
 */
public record TestResult(boolean sent, String error) {}
