package io.cloudtask.benchmarks;

import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Results.Missing;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Where a benchmark works and leaves what it found. Only {@link #closing} is thread-safe. */
public final class Bench implements AutoCloseable {
  private final Path home;
  private final Path scratch;
  private final boolean quick;
  private final PrintStream progress;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<Growth> growth = new ArrayList<>();
  private final List<Missing> missing = new ArrayList<>();

  Bench(Path home, Path scratch, boolean quick, PrintStream progress) {
    this.home = home;
    this.scratch = scratch;
    this.quick = quick;
    this.progress = progress;
  }

  /** The checkout, with the launcher. */
  public Path home() {
    return home;
  }

  /** A directory of its own, empty at first, that goes when the benchmark has ended. */
  public Path directory(String name) throws IOException {
    return Files.createDirectories(scratch.resolve(name));
  }

  /** One of two, by how much time there is. */
  public <T> T choose(T whenQuick, T otherwise) {
    return quick ? whenQuick : otherwise;
  }

  /** Has something ended with the benchmark, the latest first; also when that is interrupted. */
  public <T extends AutoCloseable> T closing(T part) {
    synchronized (open) {
      open.push(part);
    }
    return part;
  }

  public void add(Figure figure) {
    figures.add(figure);
  }

  public void add(Growth each) {
    growth.add(each);
  }

  /** Says that something could not be measured. */
  public void missing(String name, String reason) {
    missing.add(new Missing(name, reason));
    say(name + " is missing: " + reason);
  }

  /** Tells who waits how far it is. */
  public void say(String text) {
    progress.println("  " + text);
  }

  List<Figure> figures() {
    return figures;
  }

  List<Growth> growth() {
    return growth;
  }

  List<Missing> missing() {
    return missing;
  }

  /** Ends what was started, and removes what was written. */
  @Override
  public void close() {
    closeParts();
    try {
      remove(scratch);
    } catch (IOException | UncheckedIOException e) {
      say("could not remove " + scratch + ": " + e.getMessage());
    }
  }

  private void closeParts() {
    while (true) {
      AutoCloseable part;
      synchronized (open) {
        part = open.poll();
      }
      if (part == null) {
        return;
      }
      try {
        part.close();
      } catch (Exception e) {
        say("could not end " + part + ": " + e.getMessage());
      }
    }
  }

  private static void remove(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Something that ends removes its own files meanwhile; the next run has another directory.
      return;
    }
  }
}
