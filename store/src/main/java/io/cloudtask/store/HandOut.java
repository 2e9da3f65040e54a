package io.cloudtask.store;

import io.cloudtask.model.exchange.JobSet;

/** The outcome of {@link Assignments#handOut}. */
public sealed interface HandOut {
  /** The set, its revision included. */
  record Current(JobSet set) implements HandOut {}

  /** The agent holds the newest one. */
  record Unchanged(long revision) implements HandOut {}

  /** Another process with that key said hello since. */
  record OtherIncarnation(String incarnation) implements HandOut {}

  /** It never said hello. */
  record UnknownAgent() implements HandOut {}

  /** Which jobs need no lease. */
  enum Sole {
    /** All, because there is and will be one agent only. */
    EVERY,
    /** Those that may run on no other host: the job, or its runtime, lists that one. */
    BY_DEFINITION
  }
}
