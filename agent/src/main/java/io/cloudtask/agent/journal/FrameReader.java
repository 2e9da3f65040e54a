package io.cloudtask.agent.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads frame after frame and, where one is damaged, goes on at the next whole one. Not
 * thread-safe.
 */
final class FrameReader {
  private static final int WINDOW = 1 << 20;

  private final Bytes bytes;
  private final long limit;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;
  private long offset;
  private boolean damaged;

  /**
   * Reads in [{@code from}, {@code limit}).
   *
   * @param from where a frame begins
   */
  FrameReader(Bytes bytes, long from, long limit) {
    this.bytes = bytes;
    this.offset = from;
    this.limit = limit;
  }

  /**
   * The next whole frame; null when no further one follows. What lies between {@link #offset} and
   * the limit is then a frame whose writing was interrupted, or nothing.
   *
   * @throws IOException also when a whole frame can't be understood: a newer version wrote it
   */
  @Nullable Frame next() throws IOException {
    byte[] payload = payloadAt(offset);
    if (payload == null) {
      long next = nextWhole();
      if (next < 0) {
        return null;
      }
      damaged = true;
      offset = next;
      payload = payloadAt(offset);
    }
    if (payload == null) {
      throw new EOFException("the journal became shorter while it was read");
    }
    long at = offset;
    offset += Frame.HEADER + payload.length;
    try {
      return Frame.decode(payload);
    } catch (JacksonException e) {
      throw new IOException(
          "the journal has a record at byte "
              + at
              + " that this version of the agent can't read (was it written by a newer one?): "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** The end of the last frame that was read. */
  long offset() {
    return offset;
  }

  /** Whether something that can't be read lay between two whole frames. */
  boolean damaged() {
    return damaged;
  }

  private long nextWhole() throws IOException {
    for (long at = offset + 1; at <= limit - Frame.HEADER; at++) {
      if (payloadAt(at) != null) {
        return at;
      }
    }
    return -1;
  }

  private byte @Nullable [] payloadAt(long at) throws IOException {
    if (limit - at < Frame.HEADER) {
      return null;
    }
    int header = load(at, Frame.HEADER + 1);
    int length = window.getInt(header);
    int crc = window.getInt(header + Integer.BYTES);
    if (length < 2 || length > Frame.MAX_PAYLOAD || length > limit - at - Frame.HEADER) {
      return null;
    }
    if (window.get(header + Frame.HEADER) != '{') {
      return null;
    }
    byte[] payload = new byte[length];
    int body = load(at + Frame.HEADER, length); // May be another window than the header's.
    window.get(body, payload);
    return Frame.crc(payload) == crc ? payload : null;
  }

  /**
   * Index in the window of the byte at {@code at}, with {@code count} bytes there if they exist.
   */
  private int load(long at, int count) throws IOException {
    long wanted = Math.min(count, limit - at);
    if (at >= windowStart && at + wanted <= windowStart + window.limit()) {
      return (int) (at - windowStart);
    }
    window = ByteBuffer.allocate((int) Math.min(Math.max(WINDOW, wanted), limit - at));
    windowStart = at;
    while (window.hasRemaining()) {
      if (bytes.read(window, at + window.position()) < 0) {
        throw new EOFException("the journal became shorter while it was read");
      }
    }
    window.flip();
    return 0;
  }
}
