package io.cloudtask.simulation.cluster;

import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.store.HandOut;

/** Outcomes in few words, for traces. */
final class Brief {
  private Brief() {}

  static String of(Object outcome) {
    if (!(outcome instanceof HandOut.Current(var set))) {
      return outcome.toString();
    }
    return set.revision()
        + " "
        + set.jobs().stream().map(Brief::of).toList()
        + " closed "
        + set.closed();
  }

  private static String of(AssignedJob job) {
    return job.definition().name()
        + "/"
        + job.span()
        + (job.recalled() ? " recalled" : "")
        + (job.sole() ? " sole" : "");
  }
}
