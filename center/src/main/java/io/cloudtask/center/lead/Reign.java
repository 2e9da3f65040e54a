package io.cloudtask.center.lead;

/**
 * How this center stands to leading. Immutable; the transitions are
 *
 * <pre>
 *   FOLLOWS  -- elected -->    ELECTED
 *   ELECTED  -- took(epoch) --> LEADS
 *   LEADS    -- overtaken -->  ELECTED   (somebody has a later epoch: ask for one ourselves)
 *   any      -- deposed -->    FOLLOWS
 * </pre>
 *
 * A center that is still elected when it finds itself overtaken was overtaken by one that had been
 * elected before it and was paused before it took its epoch. That one learns that it was deposed
 * and stops, so somebody has to take the leadership once more.
 *
 * @param epoch of this reign; 0 unless it LEADS
 */
record Reign(Phase phase, long epoch) {
  enum Phase {
    /** Another center leads, or nobody does. */
    FOLLOWS,
    /** The coordinator says that this center leads; the store does not know yet. */
    ELECTED,
    /** This center has the newest epoch, as far as it knows. */
    LEADS
  }

  static final Reign NONE = new Reign(Phase.FOLLOWS, 0);

  /** The coordinator says whether this center is elected. */
  Reign elected(boolean elected) {
    if (!elected) {
      return NONE;
    }
    return phase == Phase.FOLLOWS ? new Reign(Phase.ELECTED, 0) : this;
  }

  /** The store has given this center an epoch. It counts only while the center is elected. */
  Reign took(long given) {
    return phase == Phase.ELECTED ? new Reign(Phase.LEADS, given) : this;
  }

  /** The store says that an epoch is over. */
  Reign overtaken(long over) {
    return phase == Phase.LEADS && epoch == over ? new Reign(Phase.ELECTED, 0) : this;
  }

  boolean leads() {
    return phase == Phase.LEADS;
  }
}
