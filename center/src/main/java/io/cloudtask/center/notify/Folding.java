package io.cloudtask.center.notify;

import io.cloudtask.store.EventRow;
import io.cloudtask.store.NoticeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one notice of what happens again and again. Pure. */
final class Folding {
  /**
   * For how long nobody is told again that the same thing has happened to the same job or agent.
   */
  static final Duration QUIET = Duration.ofMinutes(10);

  private Folding() {}

  /**
   * The notice that tells of an event by a rule: a new one, or the newest of its topic when nobody
   * has tried to send that yet.
   */
  static NoticeRow fold(String ruleid, EventRow event, Optional<NoticeRow> newest, Instant now) {
    if (newest.isEmpty()) {
      return NoticeRow.of(ruleid, event, now, now);
    }
    NoticeRow before = newest.get();
    NoticeRow.Delivery delivery = before.delivery();
    return switch (delivery.state()) {
      case WAITING ->
          delivery.attempts() == 0
              ? before.again(event)
              // It is being sent, or could not be: what it says is on its way.
              : NoticeRow.of(ruleid, event, now.plus(QUIET), now);
      case SENT -> NoticeRow.of(ruleid, event, later(delivery.sent(), now), now);
      case FAILED -> NoticeRow.of(ruleid, event, now, now);
    };
  }

  private static Instant later(@Nullable Instant sent, Instant now) {
    Instant quiet = sent == null ? now : sent.plus(QUIET);
    return quiet.isAfter(now) ? quiet : now;
  }
}
