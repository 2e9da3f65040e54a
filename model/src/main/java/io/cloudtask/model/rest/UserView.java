package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param mail an address, or ""
 * @param seenat of the last sign-in; null before the first
 */
public record UserView(
    String name,
    String displayname,
    String mail,
    boolean enabled,
    List<GrantView> grants,
    Instant createat,
    @Nullable Instant seenat) {}
