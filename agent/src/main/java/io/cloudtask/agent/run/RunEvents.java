package io.cloudtask.agent.run;

import io.cloudtask.model.exchange.Fact;

/** Who hears what becomes of runs. Called on any thread; must not block. */
public interface RunEvents {
  /** Its process lives. */
  void started(Fact.Started started);

  /** It is over; told once. */
  void ended(Fact.Ended ended);
}
