package io.cloudtask.simulation.cluster;

import io.cloudtask.model.exchange.AssignedJob;

/** Spans under other numbers, for a mutant. */
final class Spans {
  private static final long FAR = 1000;

  private Spans() {}

  static AssignedJob later(AssignedJob job) {
    return new AssignedJob(
        job.jobid(),
        job.span() + FAR,
        job.from(),
        job.assignedat(),
        job.version(),
        job.definition(),
        job.pack(),
        job.sole(),
        job.recalled(),
        job.redo());
  }
}
