package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param kind user, token or local
 * @param csrf what a session has to send as {@code X-CSRF-Token} to change anything; null without
 *     one
 * @param mustchange whether somebody else has chosen the password
 */
public record MeView(
    String name,
    String displayname,
    String kind,
    List<GrantView> grants,
    @Nullable String csrf,
    boolean mustchange) {}
