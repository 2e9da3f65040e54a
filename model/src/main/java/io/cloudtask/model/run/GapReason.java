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
