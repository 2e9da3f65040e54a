package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a new journal that says what an old one said, without what is over and acknowledged. */
final class Checkpoint {
  private static final int ENTRIES_PER_FRAME = 250;

  private final Path directory;
  private final Path target;
  private final Disk disk;

  Checkpoint(Path directory, Path target, Disk disk) {
    this.directory = directory;
    this.target = target;
    this.disk = disk;
  }

  /**
   * Writes it beside the target, flushes, and gives it the target's name.
   *
   * @param old the journal up to now, for its facts; not read when {@code oldEnd} is 0
   * @param oldEnd of its durable part
   * @return the length of the new one
   */
  long write(JournalState state, Path old, long oldEnd) throws IOException, JournalException {
    Path draft = directory.resolve("journal.new");
    Files.deleteIfExists(draft);
    long end;
    try (JournalFile file = new JournalFile(draft, 0, disk)) {
      file.append(ByteBuffer.wrap(Replay.MAGIC));
      append(file, state.checkpoint());
      copyFacts(file, state.acked(), old, oldEnd);
      end = file.end();
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    Disk.syncDirectory(directory);
    return end;
  }

  private static void copyFacts(JournalFile file, long acked, Path old, long oldEnd)
      throws IOException, JournalException {
    if (oldEnd <= Replay.MAGIC.length) {
      return;
    }
    try (FileChannel channel = FileChannel.open(old, StandardOpenOption.READ)) {
      FrameReader reader = new FrameReader(channel::read, Replay.MAGIC.length, oldEnd);
      List<Report> reports = new ArrayList<>();
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        Outbox.after(acked, frame, reports::add);
        if (reports.size() >= ENTRIES_PER_FRAME) {
          append(file, unsent(reports));
          reports.clear();
        }
      }
      append(file, unsent(reports));
    }
  }

  private static List<Entry> unsent(List<Report> reports) {
    return reports.stream()
        .<Entry>map(report -> new Entry.Unsent(report.sequence(), report.fact()))
        .toList();
  }

  private static void append(JournalFile file, List<Entry> entries)
      throws IOException, JournalException {
    for (int from = 0; from < entries.size(); from += ENTRIES_PER_FRAME) {
      int to = Math.min(entries.size(), from + ENTRIES_PER_FRAME);
      file.append(new Frame(0, entries.subList(from, to)).encode());
    }
  }
}
