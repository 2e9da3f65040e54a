package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import org.jspecify.annotations.Nullable;

/**
 * A run whose end is not journalled.
 *
 * @param job as of the version that it runs, whatever came after
 * @param granted the promise
 * @param released whether it may have been started
 * @param started when its process was seen
 * @param stopping when it is being stopped
 */
public record OpenRun(
    AssignedJob job,
    Fact.Granted granted,
    boolean released,
    Fact.@Nullable Started started,
    Entry.@Nullable Stopping stopping) {

  /** The id of the run. */
  public String runid() {
    return granted.runid();
  }

  /** It has its turn. */
  public OpenRun release() {
    return new OpenRun(job, granted, true, started, stopping);
  }

  /** Its process was seen. */
  public OpenRun with(Fact.Started seen) {
    return new OpenRun(job, granted, true, seen, stopping);
  }

  /** It is being stopped. */
  public OpenRun with(Entry.Stopping order) {
    return new OpenRun(job, granted, released, started, order);
  }
}
