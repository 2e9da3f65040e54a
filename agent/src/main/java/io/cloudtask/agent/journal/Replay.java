package io.cloudtask.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What a journal file says.
 *
 * @param end of what can be read, in bytes
 * @param size of the file, in bytes; more than {@code end} when its last record is torn
 * @param damaged whether something is unreadable before the last record
 */
public record Replay(JournalState state, long end, long size, boolean damaged) {
  static final byte[] MAGIC = "CTJRNL1\n".getBytes(StandardCharsets.US_ASCII);

  /** Reads a whole file; one that is missing says nothing. */
  static Replay of(Path file) throws IOException {
    if (!file.toFile().exists()) {
      return new Replay(new JournalState(), 0, 0, false);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(channel::read, channel.size());
    }
  }

  /** With these bytes a journal begins. */
  public static byte[] beginning() {
    return MAGIC.clone();
  }

  /** Reads a whole journal. */
  public static Replay of(Bytes bytes, long size) throws IOException {
    boolean ours = beginsAsOurs(bytes);
    if (size <= MAGIC.length && !ours) {
      return new Replay(new JournalState(), 0, size, false);
    }
    JournalState state = new JournalState();
    FrameReader reader = new FrameReader(bytes, MAGIC.length, size);
    boolean damaged = !ours;
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      damaged |= apply(frame, state);
    }
    return new Replay(state, reader.offset(), size, damaged || reader.damaged());
  }

  /** Folds a frame; says whether records are missing before it. */
  private static boolean apply(Frame frame, JournalState state) {
    boolean missing = false;
    for (Entry entry : frame.entries()) {
      if (!entry.carried() && state.sequence() < frame.first() - 1) {
        missing = true;
        state.passOver(frame.first() - 1);
      }
      state.apply(entry);
    }
    return missing;
  }

  private static boolean beginsAsOurs(Bytes bytes) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(MAGIC.length);
    int read = 0;
    while (start.hasRemaining() && read >= 0) {
      read = bytes.read(start, start.position());
    }
    return ByteBuffer.wrap(MAGIC).equals(start.flip());
  }

  /** Where the journal was moved, and why; null when it was whole. */
  @Nullable String complaint(Path quarantine) {
    if (!damaged) {
      return null;
    }
    return "The journal is damaged: records before its end can't be read. It was moved to "
        + quarantine
        + ", and a new one begins with what could be read. Due instants that it does not account"
        + " for are recorded as missed and not run; jobs go on with their next fire time."
        + " Check the disk.";
  }
}
