package io.cloudtask.store;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The time that run ids begin with. */
final class RunTimes {
  private RunTimes() {}

  /** What the ids of all runs of that millisecond begin with; sorts before them. */
  static String prefix(Instant at) {
    return String.format("%012x", Math.max(0, at.toEpochMilli()) & 0xffff_ffff_ffffL);
  }

  /** Sorts behind the ids of all runs of that millisecond. */
  static String end(Instant at) {
    return prefix(at) + 'g';
  }

  /** The fire times in [first, last] that have a run, in order. */
  static List<Instant> ran(Handle handle, String jobid, Instant first, Instant last) {
    return handle
        .select(
            """
            SELECT DISTINCT fireat FROM run WHERE jobid = ? AND runid >= ? AND runid < ?
              AND fireat IS NOT NULL AND state <> 'CANCELLED' ORDER BY fireat
            """,
            jobid,
            prefix(first),
            end(last))
        .mapTo(Long.class)
        .map(Instant::ofEpochMilli)
        .list();
  }
}
