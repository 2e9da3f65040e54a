package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads facts of the durable part of the journal: from memory when they are there, else from the
 * file, from where it stopped the last time. Not thread-safe.
 */
final class FactReader {
  /** The durable part of the journal at a moment. */
  record Extent(Path path, long end) {}

  private final RecentFacts recent;
  private final Supplier<Extent> extent;
  private Path path = Path.of("");
  private long offset;
  private long sequence = Long.MAX_VALUE;

  /** Read already. A frame may hold far more than is asked for, and is costly to read. */
  private List<Report> ahead = List.of();

  FactReader(RecentFacts recent, Supplier<Extent> extent) {
    this.recent = recent;
    this.extent = extent;
  }

  /** Reads a journal to which nothing is added, with nothing of it in memory. */
  static FactReader of(Path path, long end) {
    Extent all = new Extent(path, end);
    return new FactReader(new RecentFacts(Long.MAX_VALUE), () -> all);
  }

  /** At most {@code max} facts after a sequence, in order; empty when there are none yet. */
  List<Report> after(long from, int max) throws IOException {
    Optional<List<Report>> kept = recent.after(from, max);
    return kept.isPresent() ? kept.get() : fromFile(from, max);
  }

  private List<Report> fromFile(long from, int max) throws IOException {
    while (true) {
      Extent now = extent.get();
      try {
        return read(now, from, max);
      } catch (NoSuchFileException e) {
        if (now.equals(extent.get())) {
          throw e;
        }
      }
    }
  }

  private List<Report> read(Extent now, long from, int max) throws IOException {
    if (now.end() <= Replay.MAGIC.length) {
      return List.of();
    }
    if (!now.path().equals(path) || from < sequence) {
      path = now.path();
      offset = Replay.MAGIC.length;
      ahead = List.of();
    }
    sequence = from;
    List<Report> facts = new ArrayList<>(ahead);
    facts.removeIf(report -> report.sequence() <= from);
    if (facts.size() < max) {
      offset = read(now.end(), from, max, facts);
    }
    ahead = facts;
    return List.copyOf(facts.subList(0, Math.min(max, facts.size())));
  }

  /** Adds to the facts until there are enough; returns up to where it has read. */
  private long read(long end, long from, int max, List<Report> facts) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FrameReader reader = new FrameReader(channel::read, offset, end);
      while (facts.size() < max) {
        Frame frame = reader.next();
        if (frame == null) {
          break;
        }
        Outbox.after(from, frame, facts::add);
      }
      return reader.offset();
    }
  }
}
