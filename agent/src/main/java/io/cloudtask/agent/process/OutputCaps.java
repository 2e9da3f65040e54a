package io.cloudtask.agent.process;

/**
 * How much of a stream is kept: the first {@code head} and the last {@code tail} bytes.
 *
 * @param head bytes, 0 or more
 * @param tail bytes, 1 or more
 */
public record OutputCaps(long head, long tail) {
  /** 1 MiB and 9 MiB. */
  public static final OutputCaps DEFAULT = new OutputCaps(1 << 20, 9 << 20);

  public OutputCaps {
    if (head < 0 || tail < 1) {
      throw new IllegalArgumentException(
          "output caps: head " + head + " must be >= 0 and tail " + tail + " >= 1 (bytes)");
    }
  }

  /** What is dropped from a stream of {@code size} bytes. */
  OutputCut cut(long size) {
    return size <= head + tail ? OutputCut.NONE : new OutputCut(head, size - tail);
  }
}
