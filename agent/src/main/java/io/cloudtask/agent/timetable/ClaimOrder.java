package io.cloudtask.agent.timetable;

import java.time.Instant;

/**
 * A fire time for which a claim must be asked; the answer comes back as {@link Timetable#claimed}.
 */
public record ClaimOrder(String jobid, Instant fireat) {}
