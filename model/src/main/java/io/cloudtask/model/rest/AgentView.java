package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent.
 *
 * @param version of its program; "" when it does not say
 * @param online whether the coordinator sees it
 * @param seen when it last spoke to a center
 * @param capacity how many jobs it takes at the most
 * @param jobs how many it holds
 * @param running how many runs of it are going
 * @param load of its host, per processor: 1.0 when each has just enough to do; null when nobody
 *     knows
 * @param revision of its job set, as planned
 * @param acknowledged the revision it last said it holds
 * @param draining whether it is to give its jobs back and gets no new ones
 * @param fit whether its clock is right; one that is not starts nothing
 * @param skew how far its clock is ahead of the store's, in milliseconds
 * @param fenced since when it counts as dead, and its jobs go elsewhere; null while it does not
 */
public record AgentView(
    String key,
    String runtime,
    String hostname,
    String ipaddr,
    String apiaddr,
    String os,
    String platform,
    String version,
    boolean online,
    @Nullable Instant seen,
    int capacity,
    long jobs,
    long running,
    @Nullable Double load,
    long revision,
    long acknowledged,
    boolean draining,
    boolean fit,
    long skew,
    @Nullable Instant fenced) {}
