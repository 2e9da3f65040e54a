package io.cloudtask.agent.center;

/** What a center said. */
public sealed interface Answer<T> {
  /** It did what was asked. */
  record Done<T>(T value) implements Answer<T> {}

  /** Nothing has changed since the revision that was named. */
  record Unchanged<T>() implements Answer<T> {}

  /**
   * It will not, and asking again in the same way is of no use.
   *
   * @param status of HTTP
   * @param code for programs, such as {@code journal-older}; "" when it named none
   * @param message for people
   */
  record Refused<T>(int status, String code, String message) implements Answer<T> {}
}
