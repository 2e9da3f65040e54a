package io.cloudtask.center.access;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a session lasts.
 *
 * @param idle without a request
 * @param absolute at the most
 */
public record SessionAge(Duration idle, Duration absolute) {
  /** Half a day without a request, a week at the most. */
  public static final SessionAge USUAL = new SessionAge(Duration.ofHours(12), Duration.ofDays(7));

  /** Whether a session is over. */
  public boolean over(Instant createat, Instant seenat, Instant now) {
    return !now.isBefore(seenat.plus(idle)) || !now.isBefore(createat.plus(absolute));
  }
}
