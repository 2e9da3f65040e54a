package io.cloudtask.coordination;

import java.util.concurrent.Executor;

/** The way between a client of the twin and its server, and what is wrong with it. Thread-safe. */
final class MemoryLink {
  private final Executor listeners;
  private volatile boolean requestsLost;
  private volatile boolean answersLost;
  private volatile boolean eventsLost;

  MemoryLink(Executor listeners) {
    this.listeners = listeners;
  }

  void lose(boolean requests, boolean answers) {
    requestsLost = requests;
    answersLost = answers;
  }

  void loseEvents(boolean lost) {
    eventsLost = lost;
  }

  /** Whether the server hears the client. */
  boolean there() {
    return !requestsLost;
  }

  /** Whether the client hears the server. */
  boolean back() {
    return !answersLost;
  }

  boolean whole() {
    return there() && back();
  }

  /** Carries what a watch noticed. */
  void event(Runnable task) {
    if (!eventsLost) {
      listeners.execute(task);
    }
  }

  /** Carries what the client finds out by itself. */
  void own(Runnable task) {
    listeners.execute(task);
  }
}
