package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent.
 *
 * @param online whether the coordinator sees it
 * @param seen when it last spoke to a center
 * @param capacity how many jobs it takes at the most
 * @param jobs how many it holds
 * @param running how many runs of it are going
 * @param revision of its job set, as planned
 * @param acknowledged the revision it last said it holds
 */
public record AgentView(
    String key,
    String runtime,
    String hostname,
    String ipaddr,
    String apiaddr,
    String os,
    String platform,
    boolean online,
    @Nullable Instant seen,
    int capacity,
    long jobs,
    long running,
    long revision,
    long acknowledged) {}
