package io.cloudtask.center.notify;

import java.time.Instant;

/**
 * Something that happened to an agent or a center.
 *
 * @param key of the node
 * @param hostname of the node; "" when it is not known
 * @param detail for people; "" when the kind says it all
 */
public record NodeEvent(Kind kind, String key, String hostname, Instant at, String detail) {
  /** What happened. */
  public enum Kind {
    /** An agent has signed in. */
    AGENT_JOINED("agent.joined", false),
    /** An agent has signed in that had been taken for dead. */
    AGENT_BACK("agent.back", false),
    /** An agent is not signed in any more; it keeps its jobs for now. */
    AGENT_LEFT("agent.left", true),
    /** An agent was taken for dead; others get its jobs. */
    AGENT_FENCED("agent.fenced", true),
    /** A center has begun to plan. */
    CENTER_ELECTED("center.elected", false);

    private final String word;
    private final boolean bad;

    Kind(String word, boolean bad) {
      this.word = word;
      this.bad = bad;
    }

    /** For the audit. */
    public String word() {
      return word;
    }

    /** Whether somebody may have to do something about it. */
    public boolean bad() {
      return bad;
    }
  }
}
