package io.cloudtask.center.allocate;

import org.jspecify.annotations.Nullable;

/** One difference between who holds a job and who should. */
public sealed interface Move {
  /** The job that it is about. */
  String jobid();

  /** An agent gets a job that nobody holds. */
  record Assign(String jobid, String agentkey) implements Move {}

  /**
   * The agent that holds a job is to give it back, at the first moment without a run.
   *
   * @param to who is to have it then, as it looks now; null while nobody can take it
   */
  record Recall(String jobid, String agentkey, @Nullable String to, String reason)
      implements Move {}

  /** A job that was asked back is to stay after all. */
  record Keep(String jobid, String agentkey) implements Move {}

  /**
   * A job is to leave its agent and has not left it yet; there is nothing to do but to wait.
   *
   * @param to who is to have it, as it looks now; null while nobody can take it
   */
  record Stays(String jobid, String agentkey, @Nullable String to, String reason) implements Move {}

  /** Nobody can take a job that nobody holds; the reason is for people. */
  record Unplaced(String jobid, String reason) implements Move {}
}
