package io.cloudtask.store;

import java.time.Instant;

/** The time that run ids begin with. */
final class RunTimes {
  private RunTimes() {}

  /** What the ids of all runs of that millisecond begin with; sorts before them. */
  static String prefix(Instant at) {
    return String.format("%012x", Math.max(0, at.toEpochMilli()) & 0xffff_ffff_ffffL);
  }
}
