package io.cloudtask.model.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a job is due next.
 *
 * @param jobid null for a job that is only in a file
 * @param zone IANA id in which local times are shown
 * @param schedules each in words
 * @param times ascending; fewer than asked for when there are no more; empty when the job is
 *     disabled
 */
public record NextView(
    @Nullable String jobid,
    String name,
    boolean enabled,
    String zone,
    List<String> schedules,
    List<Instant> times) {}
