package io.cloudtask.agent.process;

/**
 * The bytes of a stream that were dropped.
 *
 * @param from offset of the first dropped byte
 * @param to offset after the last dropped byte; equal to {@code from} when nothing was dropped
 */
public record OutputCut(long from, long to) {
  /** Nothing was dropped. */
  public static final OutputCut NONE = new OutputCut(0, 0);

  public boolean isEmpty() {
    return from == to;
  }
}
