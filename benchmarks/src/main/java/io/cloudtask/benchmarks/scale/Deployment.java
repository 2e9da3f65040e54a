package io.cloudtask.benchmarks.scale;

/**
 * A cluster as it is configured by default, and what it does. From the code, not from measurements:
 * each method says what happens how often.
 *
 * @param agents that are signed in
 * @param centers that serve them
 * @param jobs in all
 * @param runs that start per second in all
 */
record Deployment(int agents, int centers, long jobs, double runs) {
  /** {@code cluster.pulse} of an agent, in seconds. */
  private static final double PULSE = 8;

  /** As long as a pulse; an agent renews its lease every eighth of it. */
  private static final double SESSION = PULSE;

  /** An agent asks for its set anyway so often, in seconds. */
  private static final double ASKS = 15;

  /** {@code WORKER-}, {@code LEASE-} and {@code REV-} with a key, each behind four bytes. */
  private static final int NAMES_OF_AN_AGENT = (4 + 7 + 36) + (4 + 6 + 36) + (4 + 4 + 36);

  private static final int NAME_OF_A_CENTER = 4 + 7 + 36;

  /** Each agent rewrites its node with each pulse, and its lease. */
  double coordinatorWrites() {
    return agents / PULSE + agents / (SESSION / 8);
  }

  /** Each pulse is an event for each center, which reads the node again. */
  double coordinatorReads() {
    return centers * agents / PULSE;
  }

  /** The answer to one who asks for the names under the root. */
  double namesBytes() {
    return (double) NAMES_OF_AN_AGENT * agents + (double) NAME_OF_A_CENTER * centers;
  }

  /** When somebody comes or goes, all others ask for the names, agents to learn of centers. */
  double joinBytes() {
    return namesBytes() * (agents + centers);
  }

  /** Each agent asks whether its set is still the newest. */
  double asks() {
    return agents / ASKS;
  }

  /**
   * Batches of reports, and so commits: one when a run starts, one when it ends; an agent with more
   * to tell than a round trip takes tells several in one.
   *
   * @param batch seconds from the sending of a batch until the next can be sent
   */
  double batches(double batch) {
    return Math.min(2 * runs, agents / batch);
  }
}
