package io.cloudtask.store;

import java.time.Instant;

/**
 * Somebody changed something.
 *
 * @param who name of the user or token
 * @param what a verb, for example {@code job.change}
 * @param object which, for example a job id
 * @param detail for people; ""
 * @param origin address of the client
 */
public record AuditRow(
    Instant at, String who, String what, String object, String detail, String origin) {}
