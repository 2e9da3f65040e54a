package io.cloudtask.store;

import io.cloudtask.model.run.GapReason;
import java.time.Instant;

/**
 * Due instants without a run: all those of a version in [first, last].
 *
 * @param count how many, at least 1
 */
public record GapRow(
    String jobid, long version, Instant first, Instant last, long count, GapReason reason) {}
