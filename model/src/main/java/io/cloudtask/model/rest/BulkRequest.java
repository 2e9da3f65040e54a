package io.cloudtask.model.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/bulk}.
 *
 * @param action enable, disable, start, stop, delete or package
 * @param jobs ids or names, 1 to 1000
 * @param filename the package that they get; only for the action package
 */
public record BulkRequest(
    @Nullable String action,
    @Nullable List<String> jobs,
    @JsonProperty("package") @Nullable String filename) {}
