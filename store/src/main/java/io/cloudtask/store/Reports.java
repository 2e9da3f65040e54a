package io.cloudtask.store;

import io.cloudtask.model.exchange.ReportBatch;
import java.time.Instant;
import java.util.Set;

/** What agents report, applied once each. */
public interface Reports {
  /** The outcome of {@link #apply}. */
  sealed interface Outcome {
    /**
     * Everything up to a sequence is part of this transaction.
     *
     * @param sequence the last one applied, now or before
     * @param jobs those about which something new was said
     */
    record Applied(long sequence, Set<String> jobs) implements Outcome {}

    /** Another process with that key said hello since. */
    record OtherIncarnation(String incarnation) implements Outcome {}

    /** It never said hello. */
    record UnknownAgent() implements Outcome {}
  }

  /**
   * Applies a batch and the position of the agent with it. Facts that were applied before are
   * passed over; a fact that contradicts the record (a run that ended twice) changes nothing and is
   * logged as a warning, so that it can't hold up those behind it.
   */
  Outcome apply(String agentkey, ReportBatch batch, Instant now);
}
