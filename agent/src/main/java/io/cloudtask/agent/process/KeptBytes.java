package io.cloudtask.agent.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** Reads a file up to a size, without the bytes of a cut. Not thread-safe. */
final class KeptBytes extends InputStream {
  private final FileChannel channel;
  private final long size;
  private final OutputCut cut;
  private long position;

  KeptBytes(Path file, long size, OutputCut cut) throws IOException {
    this.channel = FileChannel.open(file);
    this.size = size;
    this.cut = cut;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (position == cut.from()) {
      position = Math.max(position, cut.to());
    }
    long end = position < cut.from() ? cut.from() : size;
    if (length == 0 || position >= end) {
      return length == 0 ? 0 : -1;
    }
    int count =
        channel.read(
            ByteBuffer.wrap(target, offset, (int) Math.min(length, end - position)), position);
    if (count < 0) {
      throw new EOFException("output was cut short to " + position + " bytes while it was read");
    }
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
