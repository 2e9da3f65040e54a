package io.cloudtask.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Space that is held back, and given up when the disk is full, so that facts can still be written.
 * Not thread-safe.
 */
final class Ballast {
  static final int BYTES = 4 << 20;
  private static final long COMFORT = 16L * BYTES;

  private final Path directory;
  private final Path file;
  private final Disk disk;
  private boolean held;

  Ballast(Path directory, Disk disk) {
    this.directory = directory;
    this.file = directory.resolve("journal.ballast");
    this.disk = disk;
  }

  /** Takes the space, unless the disk is nearly full; without it the journal works as well. */
  void fill() throws IOException {
    if (held || Files.getFileStore(directory).getUsableSpace() < COMFORT) {
      return;
    }
    try (FileChannel channel = disk.open(file)) {
      ByteBuffer zeroes = ByteBuffer.allocate(1 << 16);
      for (long at = channel.size(); at < BYTES; at += zeroes.capacity()) {
        channel.write(zeroes.clear(), at);
      }
    }
    held = true;
  }

  /** Gives the space back; says whether there was any. */
  boolean release() throws IOException {
    boolean had = Files.deleteIfExists(file);
    held = false;
    return had;
  }
}
