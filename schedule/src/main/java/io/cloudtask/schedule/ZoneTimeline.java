package io.cloudtask.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A zone as a row of spans with one offset each, so that questions about it cost a binary search
 * and no object. Immutable.
 *
 * <p>Calendar and zone rules repeat every 400 years (146,097 days, whole weeks). So the table holds
 * the spans that the zone's history lists, and then one cycle of those that its rules go on to
 * make; a span further on is the one of the cycle, moved. Spans are numbered from 0 without end.
 */
final class ZoneTimeline {
  /** The Gregorian cycle, in seconds. */
  static final long CYCLE = 146_097L * 86_400;

  /** No clock is further from UTC, in seconds. */
  static final long GREATEST_OFFSET = 18 * 3_600;

  private static final long BEGINNING = Long.MIN_VALUE / 2;
  private static final long END = Long.MAX_VALUE / 2;
  private static final ConcurrentHashMap<ZoneId, ZoneTimeline> KNOWN = new ConcurrentHashMap<>();

  private final long[] starts;
  private final int[] offsets;

  /** The number of the first span that repeats; the length of the table when none does. */
  private final int repeating;

  private ZoneTimeline(ZoneRules rules) {
    List<ZoneOffsetTransition> transitions = new ArrayList<>(rules.getTransitions());
    repeating = transitions.size() + 1;
    if (!rules.getTransitionRules().isEmpty()) {
      addOneCycle(transitions, rules);
    }
    starts = new long[transitions.size() + 1];
    offsets = new int[starts.length];
    starts[0] = BEGINNING;
    offsets[0] = rules.getOffset(Instant.MIN).getTotalSeconds();
    for (int i = 1; i < starts.length; i++) {
      starts[i] = transitions.get(i - 1).toEpochSecond();
      offsets[i] = transitions.get(i - 1).getOffsetAfter().getTotalSeconds();
    }
  }

  private static void addOneCycle(List<ZoneOffsetTransition> transitions, ZoneRules rules) {
    Instant known = transitions.isEmpty() ? Instant.EPOCH : transitions.getLast().getInstant();
    ZoneOffsetTransition next = rules.nextTransition(known);
    Instant end = next.getInstant().plus(Duration.ofSeconds(CYCLE));
    while (next.getInstant().isBefore(end)) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
  }

  static ZoneTimeline of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    // Offsets can be made up without number; they are cheap, and caching them would not be.
    return rules.isFixedOffset()
        ? new ZoneTimeline(rules)
        : KNOWN.computeIfAbsent(zone, id -> new ZoneTimeline(rules));
  }

  /** The number of the span that holds an instant. */
  int spanAt(long second) {
    if (repeating == starts.length || second < starts[repeating] + CYCLE) {
      return search(second);
    }
    long cycles = (second - starts[repeating]) / CYCLE;
    return search(second - cycles * CYCLE) + (int) cycles * (starts.length - repeating);
  }

  private int search(long second) {
    int found = Arrays.binarySearch(starts, second);
    return found >= 0 ? found : -found - 2;
  }

  /** The first second of a span. */
  long start(int span) {
    if (span < starts.length) {
      return starts[span];
    }
    int cycle = starts.length - repeating;
    if (cycle == 0) {
      return END;
    }
    int beyond = span - repeating;
    return starts[repeating + beyond % cycle] + beyond / cycle * CYCLE;
  }

  /** The offset from UTC, in seconds. */
  int offset(int span) {
    return span < starts.length
        ? offsets[span]
        : offsets[repeating + (span - repeating) % (starts.length - repeating)];
  }

  /** Whether a span is the last one, because the zone changes its clock no more. */
  boolean isLast(int span) {
    return repeating == starts.length && span == starts.length - 1;
  }

  /** What the clock shows in the first second of a span. */
  long localStart(int span) {
    return start(span) + offset(span);
  }

  /** What the clock of a span would show in the first second that is no longer part of it. */
  long localEnd(int span) {
    return start(span + 1) + offset(span);
  }

  /**
   * The local second before which the clock of this span repeats what the span before has shown
   * already; the beginning of time when it does not.
   */
  long repeatsUntil(int span) {
    return span == 0 ? BEGINNING : localEnd(span - 1);
  }

  /**
   * The instant that a local time means: the first at which the clock shows it or, when the clock
   * skips it, the first after the gap.
   */
  long firstInstant(long local) {
    int span = spanAt(local - GREATEST_OFFSET);
    while (local >= localEnd(span)) {
      span++;
    }
    return Math.max(local - offset(span), start(span));
  }

  /** The instant from which on the zone repeats itself every {@link #CYCLE}. */
  long repeatsFrom() {
    return starts[Math.min(repeating, starts.length - 1)];
  }
}
