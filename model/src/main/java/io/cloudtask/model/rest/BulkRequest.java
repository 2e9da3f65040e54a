package io.cloudtask.model.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/bulk/jobs} and {@code POST /api/v1/bulk/runs}.
 *
 * @param action enable, disable, delete or package of jobs; start or stop of runs
 * @param jobs ids or names, 1 to 1000
 * @param filename the package that they get; only for the action package
 */
public record BulkRequest(
    @Nullable String action,
    @Nullable List<String> jobs,
    @JsonProperty("package") @Nullable String filename) {}
