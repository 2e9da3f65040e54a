package io.cloudtask.agent.packages;

import io.cloudtask.model.wire.JobBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * The place of one package within the directory of its job: {@code {jobid}/{filecode}/}. What is
 * unpacked there is known by the marker {@code .package}, which holds the SHA-256 of the archive
 * and is renamed into place together with the content. Not thread-safe.
 *
 * @param home the directory of the job
 * @param path the work directory
 */
record WorkDirectory(Path home, Path path) {
  static final String MARKER = ".package";
  static final String UNPACKING = ".unpack-";
  static final String RETIRED = ".retired-";

  static WorkDirectory of(Path saveDirectory, String jobId, String filename) {
    Path home = saveDirectory.resolve(jobId);
    return new WorkDirectory(home, home.resolve(JobBase.fileCode(filename)));
  }

  /** Whether this very content is there. */
  boolean holds(String sha256) throws IOException {
    Path marker = path.resolve(MARKER);
    return Files.isRegularFile(marker) && Files.readString(marker).strip().equals(sha256);
  }

  /** Remembers that the content was wanted, for {@link Cleaning}. */
  void touch(Instant now) throws IOException {
    Files.setLastModifiedTime(path.resolve(MARKER), FileTime.from(now));
  }

  /**
   * Puts the content of an archive there. Whatever was there before moves aside whole, because a
   * run may still be at work in it.
   */
  void replace(String filename, Path archive, String sha256, UnpackLimits limits)
      throws IOException {
    Files.createDirectories(home);
    Path fresh = Files.createTempDirectory(home, UNPACKING);
    try {
      Path content = Files.createDirectory(fresh.resolve("content"));
      Archives.unpack(filename, archive, content, limits);
      Path marker = content.resolve(MARKER);
      if (Files.exists(marker, LinkOption.NOFOLLOW_LINKS)) {
        throw EntryPath.rejected(MARKER, "has a name that the agent needs for itself");
      }
      Files.writeString(marker, sha256 + "\n");
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Path retired = Files.createTempDirectory(home, RETIRED);
        Files.move(path, retired.resolve("content"), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(content, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.delete(fresh);
    }
  }
}
