package io.cloudtask.model.rest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A center that is signed in.
 *
 * @param leader whether it is the one that plans
 * @param epoch of the leadership; 0 when it is not the leader
 * @param since when it signed in
 * @param problem why what it wrote at the coordinator can't be read, and how to mend it; hostname,
 *     ipaddr and apiaddr are empty then, and since is null
 */
public record CenterView(
    String key,
    String hostname,
    String ipaddr,
    String apiaddr,
    boolean leader,
    long epoch,
    @Nullable Instant since,
    @Nullable String problem) {}
