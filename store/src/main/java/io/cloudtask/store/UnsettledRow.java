package io.cloudtask.store;

import io.cloudtask.model.run.GapReason;
import java.time.Instant;

/**
 * Fire times of a span that was ended without its agent, of which nobody knows whether they ran:
 * those in (from, to] that have no answer in the ledger.
 *
 * @param agentkey who owned them, and will tell when it comes back
 * @param since when it was taken for dead; long ago when there is nothing to wait for any more
 * @param reason why those that did not run did not: {@link GapReason#AGENT_LOST}, or {@link
 *     GapReason#NO_AGENT} when the agent said that it had not had the job any more, or not yet
 */
public record UnsettledRow(
    String jobid,
    long span,
    String agentkey,
    Instant from,
    Instant to,
    Instant since,
    GapReason reason) {}
