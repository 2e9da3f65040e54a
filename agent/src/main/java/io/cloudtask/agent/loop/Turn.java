package io.cloudtask.agent.loop;

/** What a loop does each time. */
@FunctionalInterface
public interface Turn {
  /**
   * Does it once, and says how long to wait before the next time.
   *
   * @throws InterruptedException when the loop is being closed
   */
  Wait take() throws InterruptedException;
}
