package io.cloudtask.store;

import io.cloudtask.model.notify.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Who is told of what.
 *
 * @param name for people
 * @param about which jobs
 * @param kinds of which events; never empty
 * @param way how they are told
 * @param managed whether it comes from a configuration file, and so can't be changed here
 */
public record RuleRow(
    String ruleid,
    String name,
    About about,
    Set<EventKind> kinds,
    Way way,
    boolean enabled,
    boolean managed,
    String createuser,
    Instant createat) {
  /** Which jobs; "" is any. An event of an agent is about its runtime alone. */
  public record About(String runtime, String group, String jobid) {
    /** All jobs and all agents. */
    public static final About ANYTHING = new About("", "", "");

    /** Whether a job is meant. */
    public boolean meansJob(String ofRuntime, String ofGroup, String ofJob) {
      return matches(runtime, ofRuntime) && matches(group, ofGroup) && matches(jobid, ofJob);
    }

    /** Whether the agents of a runtime are meant. */
    public boolean meansAgents(String ofRuntime) {
      return matches(runtime, ofRuntime) && group.isEmpty() && jobid.isEmpty();
    }

    private static boolean matches(String wanted, String value) {
      return wanted.isEmpty() || wanted.equals(value);
    }
  }

  /** How somebody is told. */
  public enum Channel {
    MAIL,
    WEBHOOK
  }

  /**
   * The way to somebody.
   *
   * @param targets mail addresses, or one URL
   * @param template of a webhook: {@code json} or {@code slack}; "" for mail
   * @param secret that signs what is posted, as it is kept; "" for none
   */
  public record Way(Channel channel, List<String> targets, String template, String secret) {
    public Way {
      targets = List.copyOf(targets);
    }

    /** The same with another secret. */
    public Way with(String other) {
      return new Way(channel, targets, template, other);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return channel + " " + targets;
    }
  }

  /** The same rule by another way. */
  public RuleRow with(Way other) {
    return new RuleRow(ruleid, name, about, kinds, other, enabled, managed, createuser, createat);
  }

  public RuleRow {
    kinds = Set.copyOf(kinds);
  }
}
