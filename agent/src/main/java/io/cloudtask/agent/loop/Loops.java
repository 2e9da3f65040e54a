package io.cloudtask.agent.loop;

/** Makes loops. Thread-safe. */
public interface Loops {
  /** What a loop is like. */
  enum Kind {
    /** Owns a structure, and is never interrupted. */
    OWNER,
    /** Must be on time, and may wait for others; interrupted when it is closed. */
    URGENT,
    /** Waits for others; interrupted when it is closed. */
    CALLER
  }

  /** Makes one that has not begun. */
  Loop loop(String name, Kind kind, Turn turn);
}
