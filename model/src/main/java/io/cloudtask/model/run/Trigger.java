package io.cloudtask.model.run;

/** Why a run exists. */
public enum Trigger {
  /** A fire time came. */
  SCHEDULE,
  /** A fire time had been missed, and the policy of the job asks to make up for it. */
  CATCHUP,
  /** Somebody asked for it; it has no fire time. */
  MANUAL,
  /** Reported by an agent of the older wire, which keeps no ledger. */
  EXTERNAL
}
