package io.cloudtask.model.rest;

import org.jspecify.annotations.Nullable;

/**
 * What somebody may do, and where.
 *
 * @param role admin, owner, operator or viewer
 * @param runtime null: everywhere
 * @param group null: in the whole runtime
 */
public record GrantView(String role, @Nullable String runtime, @Nullable String group) {}
