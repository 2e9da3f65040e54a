package io.cloudtask.agent.packages;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The directories in which processes of this host work at one moment.
 *
 * @param known false where the system does not tell
 * @param directories absolute
 */
record Occupants(boolean known, Set<Path> directories) {
  private static final Path PROC = Path.of("/proc");

  Occupants {
    directories = Set.copyOf(directories);
  }

  /** Looks at all processes. */
  static Occupants now() throws IOException {
    if (!Files.isReadable(PROC.resolve("self/cwd"))) {
      return new Occupants(false, Set.of());
    }
    Set<Path> directories = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        try {
          directories.add(Files.readSymbolicLink(process.resolve("cwd")));
        } catch (NoSuchFileException | AccessDeniedException e) {
          // It has ended meanwhile, or belongs to somebody else and is no run of this agent.
        }
      }
    }
    return new Occupants(true, directories);
  }

  /** Whether somebody is at work in a directory or below it. */
  boolean in(Path directory) throws IOException {
    Path real = directory.toRealPath();
    return directories.stream().anyMatch(used -> used.startsWith(real));
  }
}
