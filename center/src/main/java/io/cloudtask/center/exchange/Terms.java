package io.cloudtask.center.exchange;

import io.cloudtask.store.HandOut;
import java.time.Duration;

/**
 * On what terms agents get jobs.
 *
 * @param lease for how long nobody takes an agent's jobs that has asked for its set or for a lease
 * @param skew how far the clock of an agent may be off that starts anything
 * @param sole which jobs are never taken from their agent
 */
public record Terms(Duration lease, Duration skew, HandOut.Sole sole) {}
