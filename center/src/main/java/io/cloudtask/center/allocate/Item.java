package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;

/** A job while its place is being planned. Confined to one plan. */
final class Item {
  /** How a job stands at the beginning, in the order in which jobs choose. */
  enum Standing {
    /** Nobody holds it. */
    UNHELD,
    /** Its holder may not hold it. */
    MUST_LEAVE,
    /** It was asked back; it may stay after all when its holder may hold it. */
    RECALLED,
    /** Its holder is being drained: it leaves when somebody can take it. */
    TO_LEAVE,
    /** It is where it may be. */
    KEPT
  }

  final Placeable job;
  final long hash;
  final int holder;

  /** The number of the agent that is to have it. */
  int target = Fleet.NOBODY;

  /** Nobody holds it, and the target has room for it at once. */
  boolean now;

  Standing standing = Standing.UNHELD;

  /** Why it leaves; "" when it does not. */
  String reason = "";

  Item(Placeable job, int holder) {
    this.job = job;
    this.hash = Rendezvous.hash(job.jobid());
    this.holder = holder;
  }

  String jobid() {
    return job.jobid();
  }

  void stands(Standing how, String why) {
    standing = how;
    reason = why;
  }
}
