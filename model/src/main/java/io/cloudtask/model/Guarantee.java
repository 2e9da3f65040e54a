package io.cloudtask.model;

/** What is promised about the starts of one fire time. We never say "exactly once". */
public enum Guarantee {
  /** At most once, by the lease and the journal of the agent. The default. */
  LEASED,
  /** At most once without any assumption on clocks: the store admits one claim per fire time. */
  CLAIMED,
  /** What may have been lost with an agent is run again. */
  ATLEASTONCE
}
