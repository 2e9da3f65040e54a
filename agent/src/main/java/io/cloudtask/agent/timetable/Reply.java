package io.cloudtask.agent.timetable;

/** The answer to a request by hand. */
public sealed interface Reply {
  /** What follows from it; a run is promised only when this is journalled. */
  record Accepted(Effects effects) implements Reply {}

  /**
   * A run of the job is not over, so that no other one is started by hand.
   *
   * @param runid that run
   */
  record Going(String runid) implements Reply {}

  /** No job of this id is held. */
  record UnknownJob() implements Reply {}

  /**
   * It can't be done.
   *
   * @param code a stable word for programs
   * @param message for a person
   */
  record Refused(String code, String message) implements Reply {}
}
