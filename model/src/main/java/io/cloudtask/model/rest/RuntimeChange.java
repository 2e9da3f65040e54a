package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /api/v1/runtimes/{name}}, which makes a runtime or changes it. What is
 * null stays as it is, or is empty in a new one.
 *
 * @param servers hosts that may join (ip or name); empty: any
 * @param autonomy seconds for which its agents go on firing when they are cut off from everything,
 *     and by which a failover is later
 */
public record RuntimeChange(
    @Nullable String description, @Nullable List<String> servers, @Nullable Long autonomy) {}
