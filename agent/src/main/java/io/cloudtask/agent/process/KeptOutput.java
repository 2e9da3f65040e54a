package io.cloudtask.agent.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * What is kept of a stream whose run is over.
 *
 * @param size length of the whole stream, what was dropped included
 * @param cut what was dropped
 */
public record KeptOutput(Path file, long size, OutputCut cut) {
  /** Number of bytes that {@link #open} gives. */
  public long length() {
    return size - (cut.to() - cut.from());
  }

  /**
   * The kept bytes, head and tail, exactly {@link #length} of them. When a process that outlived
   * its run goes on writing much, bytes that were dropped meanwhile read as zero.
   */
  public InputStream open() throws IOException {
    if (length() == 0) {
      return InputStream.nullInputStream(); // the file may not be there
    }
    return new KeptBytes(file, size, cut);
  }
}
