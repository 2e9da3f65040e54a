package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Life;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of a host, for a process that may be frozen right after each look at it. */
final class YieldingClock extends Clock {
  private final Clock clock;
  private final Life life;

  YieldingClock(Clock clock, Life life) {
    this.clock = clock;
    this.life = life;
  }

  @Override
  public Instant instant() {
    Instant now = clock.instant();
    if (life.onFiber()) {
      life.yield();
    }
    return now;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return clock.withZone(zone);
  }
}
