package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.HeldJob;
import io.cloudtask.agent.journal.JournalState;

/** A journal that has forgotten something, for a mutant. */
final class Amnesia {
  private Amnesia() {}

  /** Every job begins again where its span does. */
  static JournalState withoutCursors(JournalState state) {
    JournalState forgetful = new JournalState();
    for (Entry entry : state.checkpoint()) {
      forgetful.apply(entry instanceof Entry.Held held ? new Entry.Held(begun(held.job())) : entry);
    }
    return forgetful;
  }

  private static HeldJob begun(HeldJob held) {
    return new HeldJob(
        held.job(), held.job().from(), held.zone(), held.job().from(), held.fault(), held.redone());
  }
}
