package io.cloudtask.model.rest;

import java.time.Instant;

/**
 * A center that is signed in.
 *
 * @param leader whether it is the one that plans
 * @param epoch of the leadership; 0 when it is not the leader
 * @param since when it signed in
 */
public record CenterView(
    String key,
    String hostname,
    String ipaddr,
    String apiaddr,
    boolean leader,
    long epoch,
    Instant since) {}
