package io.cloudtask.model.rest;

import java.time.Instant;

/** What became of runs and due instants in [from, to). */
public record Bucket(
    Instant from,
    Instant to,
    long succeeded,
    long failed,
    long timedout,
    long stopped,
    long lost,
    long skipped,
    long missed) {}
