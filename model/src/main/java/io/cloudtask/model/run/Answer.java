package io.cloudtask.model.run;

/** The answer of the ledger for a due instant without a run. */
public enum Answer {
  /** Somebody was there and decided not to run it. */
  SKIPPED,
  /** Nobody could start it on time. */
  MISSED
}
