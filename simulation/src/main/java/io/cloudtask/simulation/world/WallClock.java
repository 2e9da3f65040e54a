package io.cloudtask.simulation.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of a host: true time, and what is wrong with it. */
public final class WallClock extends Clock {
  private final Timeline timeline;
  private Duration wrong;

  /**
   * @param wrong how far it is ahead of true time
   */
  public WallClock(Timeline timeline, Duration wrong) {
    this.timeline = timeline;
    this.wrong = wrong;
  }

  /** Sets it. */
  public void wrong(Duration by) {
    wrong = by;
  }

  public Duration wrong() {
    return wrong;
  }

  /** In whole milliseconds, as what the store keeps. */
  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(timeline.instant().plus(wrong).toEpochMilli());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("every host of the pretended world is on UTC");
  }
}
