package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body that makes an API token.
 *
 * @param grants no more than whoever asks has
 * @param expiresat null: never
 */
public record TokenRequest(String name, List<GrantView> grants, @Nullable Instant expiresat) {}
