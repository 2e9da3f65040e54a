package io.cloudtask.schedule;

/**
 * Every so many seconds of elapsed time within a window of each day, counted from the window's
 * first instant. The clock decides what is inside, so the window of a day on which the clock is
 * changed may be shorter, longer, or come in two parts.
 */
final class WindowTimes implements FireTimes {
  /** A skipped or repeated day, and one more for a window that crosses midnight. */
  private static final int DAYS_AROUND = 3;

  private static final long DAY = LocalTimes.DAY;

  private final ZoneTimeline zone;
  private final Bounds bounds;
  private final long startOfDay;
  private final long length;
  private final long step;
  private final long earliest;

  /**
   * @param bounds their first second is that of the first window
   * @param length of the window in seconds, at most a day
   * @param step in seconds
   */
  WindowTimes(ZoneTimeline zone, Bounds bounds, long length, long step) {
    this.zone = zone;
    this.bounds = bounds;
    this.startOfDay = Math.floorMod(bounds.first(), DAY);
    this.length = length;
    this.step = step;
    this.earliest = zone.firstInstant(bounds.first());
  }

  @Override
  public long after(long second) {
    if (second >= LAST_SECOND) {
      return NEVER;
    }
    long from = Math.max(second + 1, earliest);
    int span = zone.spanAt(from);
    long local = from + zone.offset(span);
    long window = Math.floorDiv(local - startOfDay, DAY) * DAY + startOfDay;
    long undisturbed = Math.max(zone.localStart(span), zone.repeatsUntil(span));
    if (window < undisturbed || window + DAY >= zone.localEnd(span)) {
      return searchAround(window, from);
    }
    long next = window + Math.ceilDiv(local - window, step) * step;
    long fire = next < window + length ? next : window + DAY;
    // Past the end the clock may still go back to before it.
    return fire <= bounds.last()
        ? FireTimes.bounded(fire - zone.offset(span))
        : searchAround(window, from);
  }

  /** The slow way, around a change of the clock or the end: looks at each window by itself. */
  private long searchAround(long window, long from) {
    long first = Math.max(bounds.first(), window - DAYS_AROUND * DAY);
    long earliestFound = NEVER;
    for (long start = first; start <= window + DAYS_AROUND * DAY; start += DAY) {
      earliestFound = Math.min(earliestFound, firstWithin(start, from));
    }
    return FireTimes.bounded(earliestFound);
  }

  private long firstWithin(long windowStart, long from) {
    long windowEnd = Math.min(windowStart + length, bounds.last() + 1);
    long origin = NEVER;
    int span = zone.spanAt(windowStart - ZoneTimeline.GREATEST_OFFSET);
    for (; zone.start(span) < windowEnd + ZoneTimeline.GREATEST_OFFSET; span++) {
      int offset = zone.offset(span);
      long start = Math.max(windowStart, zone.localStart(span)) - offset;
      long end = Math.min(windowEnd, zone.localEnd(span)) - offset;
      if (start < end) {
        origin = Math.min(origin, start);
        long next = origin + Math.ceilDiv(Math.max(from, start) - origin, step) * step;
        if (next < end) {
          return next;
        }
      }
      if (zone.isLast(span)) {
        break;
      }
    }
    return NEVER;
  }
}
