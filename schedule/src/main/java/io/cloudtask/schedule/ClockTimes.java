package io.cloudtask.schedule;

/**
 * Local times that fire by the clock, each once: one that a gap skips at the first instant after
 * the gap, one that comes twice the first time.
 */
final class ClockTimes implements FireTimes {
  private final ZoneTimeline zone;
  private final LocalTimes times;
  private final Bounds bounds;
  private final long earliest;

  ClockTimes(ZoneTimeline zone, LocalTimes times, Bounds bounds) {
    this.zone = zone;
    this.times = times;
    this.bounds = bounds;
    this.earliest = zone.firstInstant(bounds.first());
  }

  @Override
  public long after(long second) {
    if (second >= LAST_SECOND) {
      return NEVER;
    }
    long passed = Math.max(second, earliest - 1);
    int span = zone.spanAt(passed);
    int offset = zone.offset(span);
    // What the clock shows again has fired when it showed it first.
    long from = Math.max(passed + offset + 1, zone.repeatsUntil(span));
    long local = times.atOrAfter(Math.max(from, bounds.first()));
    if (local > bounds.last()) {
      return NEVER;
    }
    return FireTimes.bounded(
        local < zone.localEnd(span) ? local - offset : zone.firstInstant(local));
  }
}
