package io.cloudtask.store;

import java.time.Instant;

/**
 * A browser that is signed in, without its cookie.
 *
 * @param id for lists; opens nothing
 * @param account whose
 * @param createat of the sign-in
 * @param seenat of the last request that was noted
 * @param address from which it was opened
 * @param agent what the browser says it is
 */
public record SessionRow(
    String id, String account, Instant createat, Instant seenat, String address, String agent) {}
