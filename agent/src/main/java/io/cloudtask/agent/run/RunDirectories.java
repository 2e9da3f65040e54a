package io.cloudtask.agent.run;

import io.cloudtask.agent.packages.Trees;
import io.cloudtask.model.Ids;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where runs have their files: {@code runs/<day>/<run id>}. The day is in the id, so a run is found
 * by its id alone. Thread-safe.
 */
final class RunDirectories {
  private static final String DROPPED = "dropped";

  private final Path root;

  RunDirectories(Path saveDirectory) {
    this.root = saveDirectory.toAbsolutePath().resolve("runs");
  }

  /** The directory of a run, whether it exists or not. */
  Path of(String runId) {
    return root.resolve(day(runId).toString()).resolve(runId);
  }

  /** Everything that is there. */
  List<String> all() throws IOException {
    List<String> runs = new ArrayList<>();
    for (Path day : list(root)) {
      for (Path run : list(day)) {
        if (Ids.isRunId(run.getFileName().toString())) {
          runs.add(run.getFileName().toString());
        }
      }
    }
    return runs;
  }

  /** Removes the files of a run, and its day when that is over and empty. */
  void delete(String runId, Instant now) throws IOException {
    Path directory = of(runId);
    Trees.delete(directory);
    if (day(runId).isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1))) {
      removeIfEmpty(directory.getParent());
    }
  }

  /** Gives up what a run wrote, and remembers that. */
  void drop(String runId) throws IOException {
    Path directory = of(runId);
    boolean out = Files.deleteIfExists(directory.resolve("stdout"));
    boolean err = Files.deleteIfExists(directory.resolve("stderr"));
    if (out || err) {
      Files.write(directory.resolve(DROPPED), new byte[0]);
    }
  }

  /** Whether what it wrote was given up. */
  boolean dropped(String runId) {
    return Files.exists(of(runId).resolve(DROPPED));
  }

  private static LocalDate day(String runId) {
    long millis = Long.parseLong(runId, 0, 12, 16);
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static void removeIfEmpty(@Nullable Path day) throws IOException {
    try {
      if (day != null) {
        Files.deleteIfExists(day);
      }
    } catch (DirectoryNotEmptyException e) {
      // Other runs of that day are not delivered yet; the last of them takes it along.
    }
  }
}
