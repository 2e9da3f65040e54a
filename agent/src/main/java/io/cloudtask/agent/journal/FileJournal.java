package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one agent, in one directory. Thread-safe; one thread of its own writes, and what
 * was handed in while it flushed goes with the next flush.
 */
final class FileJournal implements Journal {
  private static final System.Logger LOG = System.getLogger(FileJournal.class.getName());

  private final FileChannel lock;
  private final JournalState recovered;
  private final @Nullable String complaint;
  private final JournalWriter writer;
  private final FactReader reader;

  private FileJournal(
      FileChannel lock, JournalState state, @Nullable String complaint, JournalWriter writer) {
    this.lock = lock;
    this.recovered = state;
    this.complaint = complaint;
    this.writer = writer;
    this.reader = writer.reader();
  }

  static FileJournal open(Path directory, Instant now, Shed shed, Disk disk) throws IOException {
    Files.createDirectories(directory);
    FileChannel lock = lock(directory);
    try {
      return open(directory, now, shed, disk, lock);
    } catch (IOException | JournalException e) {
      lock.close();
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
  }

  private static FileJournal open(
      Path directory, Instant now, Shed shed, Disk disk, FileChannel lock)
      throws IOException, JournalException {
    JournalFiles files = new JournalFiles(directory);
    Path file = files.newest();
    Replay replay = Replay.of(file);
    Path quarantine = directory.resolve("damaged-" + file.getFileName());
    if (replay.damaged()) {
      replay.state().apply(new Entry.Floor(now));
    }
    long end = replay.end();
    if (replay.damaged() || end == 0) {
      Path next = files.after(file);
      end = new Checkpoint(directory, next, disk).write(replay.state(), FactReader.of(file, end));
      if (replay.damaged()) {
        Files.move(file, quarantine, StandardCopyOption.REPLACE_EXISTING);
      }
      file = next;
    } else if (end < replay.size()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The last record of the journal {0} was torn when the agent or the host stopped; {1}"
              + " bytes were cut off. Nothing had been done because of it.",
          file,
          replay.size() - end);
    }
    files.deleteBut(file);
    Ballast ballast = new Ballast(directory, disk);
    JournalWriter writer =
        new JournalWriter(
            files,
            new JournalFile(file, end, disk),
            replay.state().copy(),
            new Space(ballast, shed),
            disk);
    return new FileJournal(lock, replay.state(), replay.complaint(quarantine), writer);
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException(
          "another agent works in " + directory + "; stop it, or give this one its own directory");
    }
    return channel;
  }

  @Override
  public JournalState recovered() {
    return recovered;
  }

  @Override
  public Optional<String> complaint() {
    return Optional.ofNullable(complaint);
  }

  @Override
  public void commit(List<Entry> entries) throws JournalException {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    writer.hand(new JournalWriter.Batch(entries, durable, false, false));
    try {
      durable.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof JournalException cause) {
        throw new JournalException(String.valueOf(cause.getMessage()), cause);
      }
      throw e;
    }
  }

  @Override
  public void append(List<Entry> entries) {
    if (!entries.isEmpty()) {
      writer.hand(new JournalWriter.Batch(entries, null, false, false));
    }
  }

  @Override
  public void note(Entry entry) {
    writer.hand(new JournalWriter.Batch(List.of(entry), null, true, false));
  }

  @Override
  public long sequence() {
    return writer.sequence();
  }

  @Override
  public void onGrowth(Runnable listener) {
    writer.onGrowth(listener);
  }

  @Override
  public synchronized List<Report> facts(long after, int max) throws IOException {
    return reader.after(after, max);
  }

  @Override
  public void close() {
    writer.close();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the journal's lock could not be given back", e);
    }
  }
}
