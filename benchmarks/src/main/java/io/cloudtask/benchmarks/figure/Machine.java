package io.cloudtask.benchmarks.figure;

/**
 * Where and under which load figures were taken.
 *
 * @param memory bytes
 * @param loadBefore the load average of a minute before the first benchmark; negative: unknown
 * @param loadAfter the same after the last
 */
public record Machine(
    String system,
    String processor,
    int cores,
    long memory,
    String java,
    double loadBefore,
    double loadAfter) {
  /** Whether others used it so much that the figures are no results. */
  public boolean wasBusyBefore() {
    return loadBefore > 0.5 * cores;
  }
}
