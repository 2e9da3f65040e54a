package io.cloudtask.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs wrote. Offsets count in the stream as the run wrote it; when {@code cutfrom < cutto}
 * the bytes in [cutfrom, cutto) were dropped.
 */
public interface Outputs {
  /** Size of the pieces in which output is kept, in bytes. */
  int CHUNK = 256 * 1024;

  /** A stream: how much the run wrote, and which part was dropped. */
  record StreamRow(String runid, String stream, long size, long cutfrom, long cutto) {
    /** How many bytes are kept. */
    public long kept() {
      return size - Math.max(0, cutto - cutfrom);
    }
  }

  /**
   * A part of a stream, never reaching across what was dropped.
   *
   * @param from offset of the first byte; greater than asked for when that was dropped
   * @param next offset to go on at
   * @param end nothing follows
   * @param cut what was passed over to get to {@code from}; null for nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // Parts are handed on, never compared.
  record Part(byte[] data, long from, long next, boolean end, @Nullable Cut cut) {}

  /** Offsets [from, to) that were dropped. */
  record Cut(long from, long to) {}

  /**
   * Keeps a stream of a run, whose row may come later; replaces what was kept of it.
   *
   * @param bytes exactly {@code row.kept()} of them, else {@link StoreException}; from memory or a
   *     file, because the only writing transaction waits for it
   */
  void put(StreamRow row, InputStream bytes);

  /** The streams of a run that are kept. */
  List<StreamRow> list(String runid);

  /**
   * Reads on from an offset.
   *
   * @param max bytes, at least 1
   * @return empty when nothing is kept of that stream
   */
  Optional<Part> read(String runid, String stream, long from, int max);
}
