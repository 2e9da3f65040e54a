package io.cloudtask.agent.loop;

import java.time.Duration;

/**
 * A time between two turns.
 *
 * @param time zero or less: none
 * @param deaf whether a ring does not cut it short
 */
public record Wait(Duration time, boolean deaf) {
  /** Until somebody rings. */
  public static final Wait FOR_A_RING = atMost(Duration.ofHours(1));

  /** The next turn follows at once. */
  public static final Wait NONE = atMost(Duration.ZERO);

  /** So long, or until somebody rings. */
  public static Wait atMost(Duration time) {
    return new Wait(time, false);
  }

  /** So long, whoever rings. */
  public static Wait whole(Duration time) {
    return new Wait(time, true);
  }
}
