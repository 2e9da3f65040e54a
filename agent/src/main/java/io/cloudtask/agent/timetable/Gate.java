package io.cloudtask.agent.timetable;

import io.cloudtask.model.run.GapReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether fire times may be started at a moment. While it is closed for a job nothing of it is
 * started and nothing is accounted for: its cursor stands, because what is due may by then belong
 * to somebody else.
 *
 * @param leased why jobs that another agent could be given are not started; null when they are
 * @param sole why jobs that only this agent may run are not started; null when they are
 * @param cutOff how long ago the lease ended, by the monotonic clock; null while it lasts
 */
public record Gate(
    @Nullable GapReason leased, @Nullable GapReason sole, @Nullable Duration cutOff) {
  /** Everything may be started. */
  public static final Gate OPEN = new Gate(null, null, null);

  /** The lease is over: only what nobody else may run is started. */
  public static Gate withoutLease(Duration since) {
    return new Gate(GapReason.LEASE_LOST, null, since);
  }

  /** Why nothing of a job is started; null when it may be. */
  public @Nullable GapReason closed(boolean isSole) {
    return isSole ? sole : leased;
  }
}
