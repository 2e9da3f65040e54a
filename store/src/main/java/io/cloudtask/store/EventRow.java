package io.cloudtask.store;

import io.cloudtask.model.notify.EventKind;
import java.time.Instant;

/**
 * Something that has happened and that people may want to hear of.
 *
 * @param jobid of the job it happened to; "" when it happened to an agent
 * @param runid of the run; "" when there is none
 * @param agentkey of the agent that it happened to or on; "" when there is none
 * @param detail for people, for example "exit code 3"; ""
 */
public record EventRow(
    EventKind kind, Instant at, String jobid, String runid, String agentkey, String detail) {
  /** What is told as one thing when it happens again and again. */
  public String topic() {
    return kind.written() + ' ' + (kind.ofAgent() ? agentkey : jobid);
  }
}
