package io.cloudtask.store;

import java.time.Instant;

/**
 * Fire times of a span that was ended without its agent, of which nobody knows whether they ran:
 * those in (from, to] that have no answer in the ledger.
 *
 * @param agentkey who owned them, and will tell when it comes back
 * @param since when it was taken for dead
 */
public record UnsettledRow(
    String jobid, long span, String agentkey, Instant from, Instant to, Instant since) {}
