package io.cloudtask.agent.timetable;

import io.cloudtask.model.exchange.AssignedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether the work directory of a job is there.
 *
 * @param since when this state began
 * @param unready when it became unready; instants after it and up to {@code since} of a ready one
 *     had no work directory
 * @param reason why it is unavailable, for a person; ""
 */
record Readiness(State state, Instant since, Instant unready, String reason) {
  /** How long due instants wait for a package before they are given up. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  enum State {
    PREPARING,
    READY,
    UNAVAILABLE
  }

  static Readiness preparing(Instant now) {
    return new Readiness(State.PREPARING, now, now, "");
  }

  /** What came of it; {@code reason} "" when it is there. */
  Readiness decided(String why, Instant now) {
    if (why.isEmpty()) {
      return state == State.READY ? this : new Readiness(State.READY, now, unready, "");
    }
    Instant from = state == State.READY ? now : unready;
    return new Readiness(State.UNAVAILABLE, now, from, why);
  }

  boolean ready() {
    return state == State.READY;
  }

  /** Whether what is due waits, because the answer may come any moment. */
  boolean holds(Instant now) {
    return state == State.PREPARING && now.isBefore(patienceEnds());
  }

  Instant patienceEnds() {
    return since.plus(PATIENCE);
  }

  /** Whether an instant could not be started on time for want of the work directory. */
  boolean blocked(Instant instant) {
    return instant.isAfter(unready) && !(ready() && instant.isAfter(since));
  }

  /** Whether two versions of a job use the same work directory with the same content. */
  static boolean same(AssignedJob one, AssignedJob other) {
    return one.definition().filename().equals(other.definition().filename())
        && Objects.equals(one.pack(), other.pack());
  }
}
