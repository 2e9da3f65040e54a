package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.AssignedJob;
import java.time.Instant;

/**
 * A job in force.
 *
 * @param effective fire times after it follow this version
 * @param zone of the host when it was taken
 * @param cursor every due instant up to it is answered
 * @param fault why it can't run here, as reported last; "" when it can
 * @param redone whether what may have been lost before this span has been made up for
 */
public record HeldJob(
    AssignedJob job, Instant effective, String zone, Instant cursor, String fault, boolean redone) {
  HeldJob answeredUpTo(Instant instant) {
    return instant.isAfter(cursor)
        ? new HeldJob(job, effective, zone, instant, fault, redone)
        : this;
  }

  HeldJob withFault(String reason) {
    return new HeldJob(job, effective, zone, cursor, reason, redone);
  }

  HeldJob withRedone(long span) {
    return span == job.span() ? new HeldJob(job, effective, zone, cursor, fault, true) : this;
  }
}
