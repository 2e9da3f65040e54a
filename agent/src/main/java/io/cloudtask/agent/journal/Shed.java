package io.cloudtask.agent.journal;

/** Gives up disk space that matters less than facts. */
@FunctionalInterface
public interface Shed {
  /** Frees what it can, for example the output of runs that are over; called by the journal. */
  void shed();
}
