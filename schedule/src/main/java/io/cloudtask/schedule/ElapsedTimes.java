package io.cloudtask.schedule;

/**
 * Local times that fire whenever the clock shows them: nothing for those that a gap skips, twice
 * for those that come twice.
 */
final class ElapsedTimes implements FireTimes {
  private final ZoneTimeline zone;
  private final LocalTimes times;
  private final Bounds bounds;
  private final long earliest;

  ElapsedTimes(ZoneTimeline zone, LocalTimes times, Bounds bounds) {
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
    long from = Math.max(second + 1, earliest);
    int span = zone.spanAt(from);
    long local = Math.max(from + zone.offset(span), bounds.first());
    // Times that exist only within gaps never fire. What has not come within one whole cycle of
    // calendar and zone rules will never come.
    long limit = Math.max(from, zone.repeatsFrom()) + ZoneTimeline.CYCLE;
    while (zone.start(span) <= limit) {
      long found = times.atOrAfter(local);
      if (found < zone.localEnd(span) && found <= bounds.last()) {
        return FireTimes.bounded(found - zone.offset(span));
      }
      int next = spanToSearch(span, local, found);
      if (next == span) {
        return NEVER;
      }
      span = next;
      local = Math.max(zone.localStart(span), bounds.first());
    }
    return NEVER;
  }

  /**
   * The next span worth a look when the first local time at or after {@code local} is {@code found}
   * and lies beyond {@code span}; {@code span} itself when there is none.
   */
  private int spanToSearch(int span, long local, long found) {
    if (zone.isLast(span)) {
      return span;
    }
    if (zone.localStart(span + 1) < local) {
      return span + 1;
    }
    if (found > bounds.last()) {
      return span;
    }
    return Math.max(span + 1, zone.spanAt(found - ZoneTimeline.GREATEST_OFFSET));
  }
}
