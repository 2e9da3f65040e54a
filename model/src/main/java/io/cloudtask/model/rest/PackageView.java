package io.cloudtask.model.rest;

import java.time.Instant;

/** An uploaded package; {@code jobs} counts the jobs that name it. */
public record PackageView(
    String name, String sha256, long size, Instant createat, String createuser, long jobs) {}
