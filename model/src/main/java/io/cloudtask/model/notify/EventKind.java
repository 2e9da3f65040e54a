package io.cloudtask.model.notify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Something that people can ask to be told of. */
public enum EventKind {
  /** A run ended well. */
  SUCCEEDED(false, "succeeded"),
  /** A run failed, timed out or was lost. */
  FAILED(true, "failed"),
  /** A run ended well, and the one before it had not. */
  RECOVERED(false, "works again"),
  /** A run started long after its fire time. */
  LATE(true, "started late"),
  /** Due instants have no run, and nobody wanted that. */
  MISSED(true, "was missed"),
  /** Nobody can take a job. */
  UNPLACED(true, "has no agent that can take it"),
  /** An agent is not signed in any more, or counts as dead. */
  AGENT_LOST(true, "is lost"),
  /** It has signed in again. */
  AGENT_BACK(false, "is back");

  private final boolean bad;
  private final String words;

  EventKind(boolean bad, String words) {
    this.bad = bad;
    this.words = words;
  }

  /** Whether somebody may have to do something about it. */
  public boolean bad() {
    return bad;
  }

  /** For a person, following the name of what it happened to. */
  public String words() {
    return words;
  }

  /** Whether it happens to an agent, and not to a job. */
  public boolean ofAgent() {
    return this == AGENT_LOST || this == AGENT_BACK;
  }

  /** As it is written in the API: {@code agent-lost}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one that is written so. */
  public static Optional<EventKind> of(String written) {
    return Arrays.stream(values()).filter(kind -> kind.written().equals(written)).findFirst();
  }
}
