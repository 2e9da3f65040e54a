package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads facts from the durable part of the journal, from where it stopped the last time. Not
 * thread-safe.
 */
final class FactReader {
  /** The durable part of the journal at a moment. */
  record Extent(Path path, long end) {}

  private final Supplier<Extent> extent;
  private Path path = Path.of("");
  private long offset;
  private long sequence = Long.MAX_VALUE;

  FactReader(Supplier<Extent> extent) {
    this.extent = extent;
  }

  /** About {@code max} facts after a sequence, in order; empty when there are none yet. */
  List<Report> after(long from, int max) throws IOException {
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
    if (!now.path().equals(path) || from < sequence) {
      path = now.path();
      offset = Replay.MAGIC.length;
    }
    sequence = from;
    List<Report> facts = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      FrameReader reader = new FrameReader(channel::read, offset, now.end());
      while (facts.size() < max) {
        Frame frame = reader.next();
        if (frame == null) {
          break;
        }
        Outbox.after(from, frame, facts::add);
        if (facts.isEmpty()) {
          offset = reader.offset();
        }
      }
    }
    return facts.size() > max ? List.copyOf(facts.subList(0, max)) : facts;
  }
}
