package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API token, without its value.
 *
 * @param owner a user, or "" when it belongs to the installation itself
 * @param expiresat null: never
 * @param usedat null: never
 */
public record TokenView(
    String id,
    String name,
    String owner,
    List<GrantView> grants,
    Instant createat,
    @Nullable Instant expiresat,
    @Nullable Instant usedat) {}
