package io.cloudtask.agent.timetable;

import io.cloudtask.model.run.GapReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The gate as it is, and when and why it was closed before. Not thread-safe. */
final class Openings {
  private final Track leased;
  private final Track sole;
  private Gate gate = new Gate(GapReason.LEASE_LOST, GapReason.LEASE_LOST, Duration.ZERO);

  Openings(Instant startedAt) {
    this.leased = new Track(startedAt, GapReason.LEASE_LOST);
    this.sole = new Track(startedAt, GapReason.LEASE_LOST);
  }

  /** Hears how the gate is now; says whether it moved. */
  boolean told(Gate now, Instant at) {
    gate = now;
    boolean moved = leased.told(now.leased(), at);
    return sole.told(now.sole(), at) || moved;
  }

  boolean open(Plan plan) {
    return gate.closed(plan.sole()) == null;
  }

  /** How long ago the lease ended; null while it lasts. */
  @Nullable Duration cutOff() {
    return gate.cutOff();
  }

  /** Why an instant could not be started when it was due; null when the gate was open. */
  @Nullable GapReason reason(Plan plan, Instant due) {
    return (plan.sole() ? sole : leased).reason(due);
  }

  /** What became of one kind of jobs. */
  private static final class Track {
    private static final int REMEMBERED = 100;

    /** The gate was closed for what was due in ({@code after}, {@code until}]. */
    private record Closure(Instant after, Instant until, GapReason reason) {}

    private final Deque<Closure> before = new ArrayDeque<>();
    private @Nullable GapReason reason;

    /** The last moment at which it was seen open; once it is closed, since when that is so. */
    private Instant after;

    Track(Instant startedAt, GapReason reason) {
      this.after = startedAt;
      this.reason = reason;
    }

    boolean told(@Nullable GapReason now, Instant at) {
      boolean moved = now != reason;
      if (moved && reason != null) {
        before.addFirst(new Closure(after, at, reason));
        if (before.size() > REMEMBERED) {
          before.removeLast();
        }
      }
      if (now == null || (moved && reason != null)) {
        after = at;
      }
      reason = now;
      return moved;
    }

    @Nullable GapReason reason(Instant due) {
      if (reason != null && due.isAfter(after)) {
        return reason;
      }
      return before.stream()
          .filter(closure -> due.isAfter(closure.after()) && !due.isAfter(closure.until()))
          .map(Closure::reason)
          .findFirst()
          .orElse(null);
    }
  }
}
