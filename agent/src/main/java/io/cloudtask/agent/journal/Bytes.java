package io.cloudtask.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a journal: of a file, or of a disk that is played. */
@FunctionalInterface
public interface Bytes {
  /** Reads some bytes from a place on, at least one; returns how many, negative at the end. */
  int read(ByteBuffer into, long at) throws IOException;
}
