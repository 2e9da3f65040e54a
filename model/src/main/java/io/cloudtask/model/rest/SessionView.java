package io.cloudtask.model.rest;

import java.time.Instant;

/**
 * A browser in which somebody is signed in.
 *
 * @param address from which it was opened
 * @param agent what the browser says it is
 * @param current whether it is the one that asks
 */
public record SessionView(
    String id, Instant createat, Instant seenat, String address, String agent, boolean current) {}
