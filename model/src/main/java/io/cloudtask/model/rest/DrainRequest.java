package io.cloudtask.model.rest;

/**
 * The body of {@code POST /api/v1/agents/{key}/drain}.
 *
 * @param preview only say what would move where
 */
public record DrainRequest(boolean preview) {}
