package io.cloudtask.agent.loop;

/** Something that is done again and again. Thread-safe. */
public interface Loop extends AutoCloseable {
  /** Begins; called once. */
  void start();

  /** Has the next turn taken soon; rung during a turn, another one follows it. */
  void ring();

  /** Ends, and waits a few seconds for the turn that is being taken. */
  @Override
  void close();
}
