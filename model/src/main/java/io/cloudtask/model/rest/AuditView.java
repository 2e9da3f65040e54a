package io.cloudtask.model.rest;

import java.time.Instant;

/**
 * Somebody did something.
 *
 * @param who name of the user or token
 * @param what a verb, for example {@code job.change}
 * @param object which, for example a job id
 * @param origin the address from which it was asked; ""
 */
public record AuditView(
    String id, Instant at, String who, String what, String object, String detail, String origin) {}
