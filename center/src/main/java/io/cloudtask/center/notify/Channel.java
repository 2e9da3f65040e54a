package io.cloudtask.center.notify;

/** A way to tell people. Thread-safe. Each call ends within half a minute. */
interface Channel {
  /** What came of it. */
  sealed interface Outcome {
    /** Whoever is to pass it on has taken it. */
    record Sent() implements Outcome {}

    /** It may work later. */
    record Failed(String why) implements Outcome {}

    /** It will never work as the rule or the configuration stands. */
    record Refused(String why) implements Outcome {}
  }

  Outcome send(Letter letter);
}
