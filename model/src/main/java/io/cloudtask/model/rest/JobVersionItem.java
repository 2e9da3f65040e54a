package io.cloudtask.model.rest;

import java.time.Instant;

/** A version of a job in a list, and who made it when. */
public record JobVersionItem(long version, String edituser, Instant editat, boolean current) {}
