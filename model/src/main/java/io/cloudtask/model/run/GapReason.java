package io.cloudtask.model.run;

/** Why a due instant has no run. */
public enum GapReason {
  /** The run before was still going (overlap: skip). */
  OVERLAP(Answer.SKIPPED, "the run before was still going"),
  /** Too many runs were waiting already (overlap: queue). */
  QUEUE_FULL(Answer.SKIPPED, "too many runs were waiting already"),
  /** Its package could not be fetched, verified or unpacked. */
  PACKAGE_UNAVAILABLE(Answer.SKIPPED, "its package was not available on the host"),
  /**
   * The agent lived but could not start it within its deadline (a paused host, a clock step, an
   * overload).
   */
  LATE(Answer.MISSED, "the agent could not start it on time"),
  /** The agent was cut off, and its jobs could have been given to another. */
  LEASE_LOST(
      Answer.SKIPPED, "its agent was cut off and could not know whether it still had the job"),
  /** Guarantee claimed: another agent has the claim for it. */
  CLAIMED_ELSEWHERE(Answer.SKIPPED, "another agent had claimed it"),
  /** Guarantee claimed: no center could be asked. */
  NO_CLAIM(Answer.MISSED, "no center could be asked for the claim"),
  /** The clock of the host was too far off. */
  CLOCK_OFF(Answer.MISSED, "the clock of its host was too far off"),
  /** What the agent did cannot be learnt: it was lost and has not come back in time. */
  AGENT_LOST(Answer.MISSED, "its agent was lost, and whether it ran is not known"),
  /** The agent was not running. */
  AGENT_DOWN(Answer.MISSED, "the agent was not running"),
  /** No agent held the job. */
  NO_AGENT(Answer.MISSED, "no agent held the job"),
  /**
   * The agent could not write its journal (disk full), and what can't be journalled is not started.
   */
  NOT_JOURNALLED(Answer.MISSED, "the agent could not write its journal"),
  /**
   * The journal of the agent was damaged. Whether the instant ran can't be known from it, so it is
   * not run again; an answer that reached the center before stands.
   */
  JOURNAL_DAMAGED(
      Answer.MISSED, "the agent's journal was damaged, and whether it ran is not known");

  private final Answer answer;
  private final String words;

  GapReason(Answer answer, String words) {
    this.answer = answer;
    this.words = words;
  }

  /** SKIPPED or MISSED; a reason belongs to one of them. */
  public Answer answer() {
    return answer;
  }

  /** For a person, continuing "it did not run: ". */
  public String words() {
    return words;
  }
}
