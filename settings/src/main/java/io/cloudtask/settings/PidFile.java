package io.cloudtask.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says which process this is, and keeps a second one out. The lock on the file decides, not its
 * text: it ends with its process however that ends.
 */
public final class PidFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private PidFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Writes it.
   *
   * @throws ConfigException when another process holds it, or it can't be written
   */
  public static PidFile take(Path file, long pid) throws ConfigException {
    try {
      Path absolute = file.toAbsolutePath();
      Files.createDirectories(absolute.getParent());
      FileChannel channel =
          FileChannel.open(
              absolute,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String other = Files.readString(absolute).strip();
        channel.close();
        throw new ConfigException(
            "pidfile: process %s runs already and holds %s; end that one, or name another file"
                .formatted(other, file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new PidFile(absolute, channel);
    } catch (IOException e) {
      throw new ConfigException("pidfile: can't be written: " + FileFaults.words(e));
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
      return false;
    }
  }

  /** Removes it. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The lock ends with the process in any case; a file that stays keeps nobody out.
      System.getLogger(PidFile.class.getName())
          .log(System.Logger.Level.WARNING, "can''t remove {0}: {1}", file, e.getMessage());
    }
  }
}
