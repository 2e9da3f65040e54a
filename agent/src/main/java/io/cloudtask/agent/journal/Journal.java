package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The memory of one agent. Thread-safe. */
public interface Journal extends AutoCloseable {
  /**
   * Opens the journal of a directory, and makes it when there is none.
   *
   * @param now fire times up to it are not started when the journal turns out to be damaged
   * @param shed asked for space when the disk is full
   * @throws IOException when it can't be read or written, a newer version wrote it, or another
   *     process has it open
   */
  static Journal open(Path directory, Instant now, Shed shed) throws IOException {
    return FileJournal.open(directory, now, shed, Disk.REAL);
  }

  /** What the journal said when it was opened; belongs to the caller. */
  JournalState recovered();

  /** What is wrong with it and what was done, for a person; empty when it was whole. */
  Optional<String> complaint();

  /**
   * Makes records durable together, or not at all; waits for it.
   *
   * @throws JournalException when they are not, and what they promise must not be done
   */
  void commit(List<Entry> entries) throws JournalException;

  /** Makes records durable soon, and keeps trying; does not wait. */
  void append(List<Entry> entries);

  /** Makes a record durable with the next that come, within about a second; does not wait. */
  void note(Entry entry);

  /** The last durable sequence. */
  long sequence();

  /** Calls back after each flush, on a thread of the journal; must not block. */
  void onGrowth(Runnable listener);

  /**
   * Durable facts after a sequence, in order; for one caller at a time.
   *
   * @param max how many at most
   */
  List<Report> facts(long after, int max) throws IOException;

  /** Flushes what was handed in, and ends. What the disk refuses now is lost, and said. */
  @Override
  void close();
}
