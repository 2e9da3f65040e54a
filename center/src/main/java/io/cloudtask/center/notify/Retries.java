package io.cloudtask.center.notify;

import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.NoticeRow.Delivery;
import io.cloudtask.store.NoticeRow.State;
import java.time.Duration;
import java.time.Instant;

/** When what could not be sent is tried again, and when that is given up. Pure. */
final class Retries {
  /** An attempt that has not ended by then is taken for one of a center that failed. */
  static final Duration ATTEMPT = Duration.ofMinutes(2);

  /** After which time since it happened nobody is told any more. */
  static final Duration GIVE_UP = Duration.ofDays(1);

  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Retries() {}

  /** An attempt begins. */
  static Delivery begin(NoticeRow notice, Instant now) {
    Delivery before = notice.delivery();
    return new Delivery(
        State.WAITING, now.plus(ATTEMPT), before.attempts() + 1, before.error(), null);
  }

  /** What follows an attempt that has begun. */
  static Delivery end(NoticeRow notice, Channel.Outcome outcome, Instant now) {
    int attempts = notice.delivery().attempts();
    return switch (outcome) {
      case Channel.Outcome.Sent() -> new Delivery(State.SENT, now, attempts, "", now);
      case Channel.Outcome.Refused(String why) ->
          new Delivery(State.FAILED, now, attempts, why, null);
      case Channel.Outcome.Failed(String why) -> {
        boolean over = now.isAfter(notice.first().plus(GIVE_UP));
        Instant next = over ? now : now.plus(pause(attempts));
        yield new Delivery(over ? State.FAILED : State.WAITING, next, attempts, why, null);
      }
    };
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(10, Math.max(0, attempts - 1)));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
