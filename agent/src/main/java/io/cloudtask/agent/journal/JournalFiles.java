package io.cloudtask.agent.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of journals: {@code journal-} and a number that grows with each checkpoint. The
 * greatest is the truth; a lower one is left behind when the agent dies right after a checkpoint.
 */
record JournalFiles(Path directory) {
  private static final String PREFIX = "journal-";

  /** The newest; a name that does not exist yet when there is none. */
  Path newest() throws IOException {
    return all().stream()
        .max(Comparator.comparingLong(JournalFiles::number))
        .orElse(directory.resolve(PREFIX + 1));
  }

  /** The name that follows. */
  Path after(Path file) {
    return directory.resolve(PREFIX + (number(file) + 1));
  }

  void deleteBut(Path kept) throws IOException {
    for (Path file : all()) {
      if (!file.equals(kept)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().matches(PREFIX + "\\d{1,18}")).toList();
    }
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString().substring(PREFIX.length()));
  }
}
