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
public final class Journal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  private final FileChannel lock;
  private final JournalState recovered;
  private final @Nullable String complaint;
  private final JournalWriter writer;
  private final FactReader reader;

  private Journal(
      FileChannel lock, JournalState state, @Nullable String complaint, JournalWriter writer) {
    this.lock = lock;
    this.recovered = state;
    this.complaint = complaint;
    this.writer = writer;
    this.reader = new FactReader(writer::extent);
  }

  /**
   * Opens the journal of a directory, and makes it when there is none.
   *
   * @param now fire times up to it are not started when the journal turns out to be damaged
   * @param shed asked for space when the disk is full
   * @throws IOException when it can't be read or written, a newer version wrote it, or another
   *     process has it open
   */
  public static Journal open(Path directory, Instant now, Shed shed) throws IOException {
    return open(directory, now, shed, Disk.REAL);
  }

  static Journal open(Path directory, Instant now, Shed shed, Disk disk) throws IOException {
    Files.createDirectories(directory);
    FileChannel lock = lock(directory);
    try {
      return open(directory, now, shed, disk, lock);
    } catch (IOException | JournalException e) {
      lock.close();
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
  }

  private static Journal open(Path directory, Instant now, Shed shed, Disk disk, FileChannel lock)
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
      end = new Checkpoint(directory, next, disk).write(replay.state(), file, end);
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
    return new Journal(lock, replay.state(), replay.complaint(quarantine), writer);
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

  /** What the journal said when it was opened; belongs to the caller. */
  public JournalState recovered() {
    return recovered;
  }

  /** What is wrong with it and what was done, for a person; empty when it was whole. */
  public Optional<String> complaint() {
    return Optional.ofNullable(complaint);
  }

  /**
   * Makes records durable together, or not at all; waits for it.
   *
   * @throws JournalException when they are not, and what they promise must not be done
   */
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

  /** Makes records durable soon, and keeps trying; does not wait. */
  public void append(List<Entry> entries) {
    if (!entries.isEmpty()) {
      writer.hand(new JournalWriter.Batch(entries, null, false, false));
    }
  }

  /** Makes a record durable with the next that come, within about a second; does not wait. */
  public void note(Entry entry) {
    writer.hand(new JournalWriter.Batch(List.of(entry), null, true, false));
  }

  /** The last durable sequence. */
  public long sequence() {
    return writer.sequence();
  }

  /** Calls back after each flush, on the thread of the journal; must not block. */
  public void onGrowth(Runnable listener) {
    writer.onGrowth(listener);
  }

  /**
   * Durable facts after a sequence, in order; for one caller at a time.
   *
   * @param max how many at most
   */
  public synchronized List<Report> facts(long after, int max) throws IOException {
    return reader.after(after, max);
  }

  /** Flushes what was handed in, and ends. What the disk refuses now is lost, and said. */
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
