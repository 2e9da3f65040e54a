package io.cloudtask.agent.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file that grows by whole frames. After a failed write or flush it ends where it did before, and
 * the frame has to be written again (a kernel that could not flush a page does not try again by
 * itself). Not thread-safe.
 */
final class JournalFile implements Closeable {
  private final Path path;
  private final FileChannel channel;
  private long end;
  private long written;
  private boolean dirty;

  /** Opens a file whose good part ends at {@code end}; what follows is cut off. */
  JournalFile(Path path, long end, Disk disk) throws IOException {
    this.path = path;
    this.channel = disk.open(path);
    this.end = end;
    this.written = end;
    this.dirty = channel.size() != end;
  }

  Path path() {
    return path;
  }

  /** The length of what is durable. */
  long end() {
    return end;
  }

  /** Writes and flushes; when it returns the frame is durable. */
  void append(ByteBuffer frame) throws IOException {
    if (dirty) {
      cut();
    }
    write(frame);
    flush();
  }

  /** Writes after what was written; durable after a {@link #flush}. */
  void write(ByteBuffer frame) throws IOException {
    dirty = true;
    while (frame.hasRemaining()) {
      written += channel.write(frame, written);
    }
  }

  /** Makes durable what was written. */
  void flush() throws IOException {
    channel.force(false);
    end = written;
    dirty = false;
  }

  /** Undoes what a failed write may have left, if the disk lets it. */
  void undo() throws IOException {
    if (dirty) {
      cut();
      channel.force(false);
      dirty = false;
    }
  }

  private void cut() throws IOException {
    channel.truncate(end);
    written = end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
