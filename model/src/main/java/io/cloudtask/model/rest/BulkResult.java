package io.cloudtask.model.rest;

import org.jspecify.annotations.Nullable;

/**
 * What came of one job.
 *
 * @param job as it was named
 * @param name of the job; "" when it was not found
 * @param error why it was not done; null when it was
 */
public record BulkResult(String job, String name, boolean ok, @Nullable String error) {}
