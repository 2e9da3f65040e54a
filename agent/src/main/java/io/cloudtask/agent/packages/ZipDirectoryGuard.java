package io.cloudtask.agent.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * Bounds what a zip reader takes in while it opens an archive: it keeps the whole directory in
 * memory, with every name and comment. Not thread-safe.
 */
final class ZipDirectoryGuard implements SeekableByteChannel {
  /** What a directory entry begins with; the reader reads it on its own. */
  private static final int ENTRY = 0x504b0102;

  private static final long LARGEST_DIRECTORY = 16L * 1024 * 1024;

  private final SeekableByteChannel channel;
  private final int maxEntries;
  private boolean open;
  private int entries;
  private long bytes;

  ZipDirectoryGuard(SeekableByteChannel channel, int maxEntries) {
    this.channel = channel;
    this.maxEntries = maxEntries;
  }

  /** The directory has been read; nothing is counted any more. */
  void opened() {
    open = true;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int start = target.position();
    int count = channel.read(target);
    if (!open && count > 0) {
      bytes += count;
      entries += count == Integer.BYTES && target.getInt(start) == ENTRY ? 1 : 0;
      check();
    }
    return count;
  }

  private void check() throws PackageRejectedException {
    if (entries > maxEntries) {
      throw UnpackBudget.tooMany(maxEntries);
    }
    if (bytes > LARGEST_DIRECTORY) {
      throw new PackageRejectedException(
          "the package has a directory of more than %d bytes".formatted(LARGEST_DIRECTORY));
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public SeekableByteChannel position(long at) throws IOException {
    channel.position(at);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    channel.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
