package io.cloudtask.coordination;

/** A center that would lead. */
public interface Candidacy extends AutoCloseable {
  /**
   * Whether it leads, as far as it knows. A paused process may still think so after its end: what
   * must not be done by two is fenced by the epoch in the store.
   */
  boolean leads();

  /** Gives it up; the listener is not called any more. */
  @Override
  void close();
}
