package io.cloudtask.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is to be told, or was told.
 *
 * @param id sorts by the time at which it was made
 * @param event what happened, the last time
 * @param times how often it happened, folded into this one
 * @param first when it happened the first time
 * @param delivery how far it has come
 */
public record NoticeRow(
    String id, String ruleid, EventRow event, long times, Instant first, Delivery delivery) {
  /** Where it stands. */
  public enum State {
    WAITING,
    SENT,
    /** Given up. */
    FAILED
  }

  /**
   * How far it has come.
   *
   * @param due when it is to be sent, or tried again
   * @param attempts that failed or are going
   * @param error why the last attempt failed; ""
   * @param sent null until it was sent
   */
  public record Delivery(
      State state, Instant due, int attempts, String error, @Nullable Instant sent) {
    /** Not tried yet. */
    public static Delivery at(Instant due) {
      return new Delivery(State.WAITING, due, 0, "", null);
    }
  }

  /** A new one, to be sent at an instant. */
  public static NoticeRow of(String ruleid, EventRow event, Instant due, Instant now) {
    return new NoticeRow(TimeOrderedId.next(now), ruleid, event, 1, event.at(), Delivery.at(due));
  }

  /** It has happened once more, before anybody was told. */
  public NoticeRow again(EventRow next) {
    return new NoticeRow(id, ruleid, next, times + 1, first, delivery);
  }

  /** The same, and how far it has come now. */
  public NoticeRow with(Delivery now) {
    return new NoticeRow(id, ruleid, event, times, first, now);
  }
}
