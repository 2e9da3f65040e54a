package io.cloudtask.agent.timetable;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.run.GapReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the due instants of a stretch of time, before anything is known of runs that go
 * on. In order of time: the gaps, then what was missed and is made up for, then what is on time.
 *
 * @param complete false when the stretch holds more due instants than one pass takes: then there
 *     are only gaps, and the rest is settled from the last of them on
 */
record Settlement(List<Stretch> gaps, List<Instant> late, List<Instant> onTime, boolean complete) {
  /** An instant that is started within this time is on time. */
  static final Duration PUNCTUAL = Duration.ofSeconds(5);

  /** What is to be run, in order of time. */
  List<Instant> startable() {
    return Stream.concat(late.stream(), onTime.stream()).toList();
  }

  /** Due instants without a run. */
  record Stretch(Instant first, Instant last, long count, GapReason reason) {}

  /**
   * What is run of it.
   *
   * @param keep how many missed ones at the most, the newest
   * @param onTime whether those on time are
   * @param startdeadline seconds after the fire time; 0 for none
   */
  record Policy(int keep, boolean onTime, long startdeadline) {
    static final Policy NOTHING = new Policy(0, false, 0);

    /** As the definition says; {@code room} bounds what is made up for. */
    static Policy of(JobDefinition job, int room) {
      int keep =
          switch (job.missed()) {
            case SKIP -> 0;
            case LAST -> 1;
            case ALL -> Math.min(Missed.ALL_LIMIT, room);
          };
      return new Policy(keep, true, job.startdeadline());
    }

    private boolean punctual(Instant due, Instant now) {
      Duration window =
          startdeadline > 0 && startdeadline < PUNCTUAL.toSeconds()
              ? Duration.ofSeconds(startdeadline)
              : PUNCTUAL;
      return onTime && !now.isAfter(due.plus(window));
    }

    private boolean worth(Instant due, Instant now) {
      return keep > 0 && (startdeadline == 0 || !now.isAfter(due.plusSeconds(startdeadline)));
    }
  }

  /**
   * What stands in the way of an instant.
   *
   * @param never up to it nothing is started, whatever the policy; {@link Instant#MIN} for none
   * @param reasons why an instant that is not on time has no run
   */
  record Past(Instant never, Function<Instant, GapReason> reasons) {}

  /**
   * Settles the due instants in ({@code after}, {@code now}].
   *
   * @param limit how many are looked at in one pass
   */
  static Settlement of(
      Calendar calendar, Instant after, Instant now, Policy policy, Past past, int limit) {
    Collector collector = new Collector();
    List<Instant> onTime = new ArrayList<>();
    Deque<Instant> late = new ArrayDeque<>();
    Optional<Instant> next = calendar.next(after);
    for (int n = 0; next.isPresent() && !next.get().isAfter(now); n++) {
      Instant due = next.get();
      boolean startable = due.isAfter(past.never());
      if (startable && policy.punctual(due, now)) {
        onTime.add(due);
      } else if (n >= limit) {
        return new Settlement(collector.stretches(), List.of(), List.of(), false);
      } else if (startable && policy.worth(due, now)) {
        late.addLast(due);
        if (late.size() > policy.keep()) {
          collector.add(late.removeFirst(), past.reasons());
        }
      } else {
        collector.add(due, past.reasons());
      }
      next = calendar.next(due);
    }
    return new Settlement(collector.stretches(), List.copyOf(late), onTime, true);
  }

  /** Joins instants of one reason. */
  private static final class Collector {
    private final List<Stretch> stretches = new ArrayList<>();
    private @Nullable Stretch open;

    void add(Instant due, Function<Instant, GapReason> reasons) {
      GapReason reason = reasons.apply(due);
      if (open != null && open.reason() == reason) {
        open = new Stretch(open.first(), due, open.count() + 1, reason);
        return;
      }
      close();
      open = new Stretch(due, due, 1, reason);
    }

    List<Stretch> stretches() {
      close();
      return List.copyOf(stretches);
    }

    private void close() {
      if (open != null) {
        stretches.add(open);
        open = null;
      }
    }
  }
}
