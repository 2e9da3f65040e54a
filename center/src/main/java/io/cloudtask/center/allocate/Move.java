package io.cloudtask.center.allocate;

/** One difference between who holds a job and who should. */
public sealed interface Move {
  /** The job that it is about. */
  String jobid();

  /** An agent gets a job that nobody holds. */
  record Assign(String jobid, String agentkey) implements Move {}

  /** The agent that holds a job may not hold it any longer. */
  record Recall(String jobid, String agentkey, String reason) implements Move {}

  /** Nobody can take a job that nobody holds; the reason is for people. */
  record Unplaced(String jobid, String reason) implements Move {}
}
