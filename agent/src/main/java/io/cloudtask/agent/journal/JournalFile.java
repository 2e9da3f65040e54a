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
  private boolean dirty;

  /** Opens a file whose good part ends at {@code end}; what follows is cut off. */
  JournalFile(Path path, long end, Disk disk) throws IOException {
    this.path = path;
    this.channel = disk.open(path);
    this.end = end;
    this.dirty = channel.size() != end;
  }

  Path path() {
    return path;
  }

  long end() {
    return end;
  }

  /** Writes and flushes; when it returns the frame is durable. */
  void append(ByteBuffer frame) throws IOException {
    if (dirty) {
      channel.truncate(end);
      dirty = false;
    }
    dirty = true;
    long at = end;
    while (frame.hasRemaining()) {
      at += channel.write(frame, at);
    }
    channel.force(false);
    dirty = false;
    end = at;
  }

  /** Undoes what a failed write may have left, if the disk lets it. */
  void undo() throws IOException {
    if (dirty) {
      channel.truncate(end);
      channel.force(false);
      dirty = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
