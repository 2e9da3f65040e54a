package io.cloudtask.agent.packages;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes from the directory of one job what nobody needs; a directory in which a process works is
 * left for the next time.
 *
 * @param occupants as of now
 * @param now the time of this cleaning
 */
record Cleaning(Occupants occupants, Instant now) {
  /** A job can be pointed at an earlier package again; for this long it is still there. */
  static final Duration KEEP_UNUSED = Duration.ofDays(7);

  /** Where the system does not tell who works in a directory, its age has to. */
  private static final Duration ASSUME_OCCUPIED = Duration.ofDays(2);

  /** All of it. */
  void removeJob(Path home) throws IOException {
    remove(home);
  }

  /** What is left over from unpacking and replacing, and packages unused for long. */
  void tidyJob(Path home) throws IOException {
    List<Path> packages = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(home)) {
      for (Path child : children) {
        if (isLeftOver(child)) {
          remove(child);
        } else if (Files.isRegularFile(marker(child), LinkOption.NOFOLLOW_LINKS)) {
          packages.add(child);
        }
      }
    }
    removeUnused(packages);
  }

  /** The package used last stays however long ago that was: its center may be away. */
  private void removeUnused(List<Path> packages) throws IOException {
    Instant newest = Instant.MIN;
    for (Path directory : packages) {
      Instant used = lastUse(directory);
      newest = used.isAfter(newest) ? used : newest;
    }
    for (Path directory : packages) {
      Instant used = lastUse(directory);
      if (used.isBefore(newest) && used.plus(KEEP_UNUSED).isBefore(now)) {
        remove(directory);
      }
    }
  }

  private void remove(Path directory) throws IOException {
    boolean occupied =
        occupants.known()
            ? occupants.in(directory)
            : modified(directory).plus(ASSUME_OCCUPIED).isAfter(now);
    if (!occupied) {
      Trees.delete(directory);
    }
  }

  private static boolean isLeftOver(Path directory) {
    String name = directory.getFileName().toString();
    return name.startsWith(WorkDirectory.UNPACKING) || name.startsWith(WorkDirectory.RETIRED);
  }

  private static Instant lastUse(Path directory) throws IOException {
    return modified(marker(directory));
  }

  private static Instant modified(Path path) throws IOException {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  private static Path marker(Path directory) {
    return directory.resolve(WorkDirectory.MARKER);
  }
}
