package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a new journal that says what an old one said, without what is over and acknowledged. */
final class Checkpoint {
  private static final int ENTRIES_PER_FRAME = 250;
  private static final int FACTS_AT_ONCE = 5000;

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
   * @param facts of the journal up to now
   * @return the length of the new one
   */
  long write(JournalState state, FactReader facts) throws IOException, JournalException {
    Path draft = directory.resolve("journal.new");
    Files.deleteIfExists(draft);
    long end;
    try (JournalFile file = new JournalFile(draft, 0, disk)) {
      file.write(ByteBuffer.wrap(Replay.MAGIC));
      write(file, state.checkpoint());
      writeFacts(file, state.acked(), facts);
      file.flush();
      end = file.end();
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    Disk.syncDirectory(directory);
    return end;
  }

  private static void writeFacts(JournalFile file, long acked, FactReader facts)
      throws IOException, JournalException {
    long from = acked;
    for (List<Report> some = facts.after(from, FACTS_AT_ONCE);
        !some.isEmpty();
        some = facts.after(from, FACTS_AT_ONCE)) {
      write(file, unsent(some));
      from = some.getLast().sequence();
    }
  }

  private static List<Entry> unsent(List<Report> reports) {
    return reports.stream()
        .<Entry>map(report -> new Entry.Unsent(report.sequence(), report.fact()))
        .toList();
  }

  private static void write(JournalFile file, List<Entry> entries)
      throws IOException, JournalException {
    for (int from = 0; from < entries.size(); from += ENTRIES_PER_FRAME) {
      int to = Math.min(entries.size(), from + ENTRIES_PER_FRAME);
      file.write(new Frame(0, entries.subList(from, to)).encode());
    }
  }
}
