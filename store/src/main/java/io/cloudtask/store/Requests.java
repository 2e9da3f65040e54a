package io.cloudtask.store;

import java.time.Instant;

/** Requests that may be repeated and must have one effect. */
public interface Requests {
  /**
   * Remembers the result of a request for a day.
   *
   * @param key of the request, with what it is about, so that keys of different clients can't meet
   * @param result to remember when the key is new
   * @return the result that belongs to the key: the one given, or the one of the first request
   */
  String once(String key, String result, Instant now);

  /** From now on another result belongs to a key that is known: how the request really ended. */
  void replace(String key, String result);
}
