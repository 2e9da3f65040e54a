package io.cloudtask.agent.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The output files of runs. A stream's file grows as its run writes; what lies between head and
 * tail is given back to the file system as a hole, so that offsets stay true while disk use stays
 * bounded. What may be read is a function of the size alone: {@code [0, head)} and {@code [size -
 * tail, size)}, whether the hole has been made yet or not. A file that is not there is an empty
 * stream. Thread-safe.
 */
public final class OutputFile {
  private final OutputCaps caps;

  public OutputFile(OutputCaps caps) {
    this.caps = caps;
  }

  public OutputCaps caps() {
    return caps;
  }

  /** Length of the stream in bytes, what was dropped included. */
  public long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Gives the disk space of what is dropped back to the file system. Where that can't make holes
   * the file stays as it is.
   *
   * @return length of the stream in bytes
   */
  public long enforce(Path file) throws IOException {
    return enforce(file, caps);
  }

  /**
   * Up to {@code max} bytes from offset {@code from} on; from the end of the cut on when {@code
   * from} lies in it, and never across it.
   */
  public OutputSlice read(Path file, long from, int max) throws IOException {
    long before = size(file);
    OutputCut cut = caps.cut(before);
    long start = Math.clamp(from, 0, before);
    if (start >= cut.from() && start < cut.to()) {
      start = cut.to();
    }
    long end = start < cut.from() ? cut.from() : before;
    byte[] data = bytes(file, start, (int) Math.min(max, end - start));
    return afterGrowth(file, start, data);
  }

  /** What is kept of a stream; to be asked for when its run is over. */
  public KeptOutput finished(Path file) throws IOException {
    long size = enforce(file);
    return new KeptOutput(file, size, caps.cut(size));
  }

  static long enforce(Path file, OutputCaps caps) throws IOException {
    long size;
    try {
      size = Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
    OutputCut cut = caps.cut(size);
    if (!cut.isEmpty()) {
      Holes.punch(file, cut.from(), cut.to() - cut.from());
    }
    return size;
  }

  // The file may have grown while it was read, and a hole may have been made of what was read:
  // those bytes are
  // zeroes now, and are left out.
  private OutputSlice afterGrowth(Path file, long start, byte[] data) throws IOException {
    long size = size(file);
    OutputCut cut = caps.cut(size);
    long end = start + data.length;
    if (start < cut.from()) {
      int kept = (int) (Math.min(end, cut.from()) - start);
      return new OutputSlice(Arrays.copyOf(data, kept), start, start + kept, size, cut);
    }
    if (start >= cut.to()) {
      return new OutputSlice(data, start, end, size, cut);
    }
    int dropped = (int) (Math.min(end, cut.to()) - start);
    byte[] kept = Arrays.copyOfRange(data, dropped, data.length);
    return new OutputSlice(kept, cut.to(), cut.to() + kept.length, size, cut);
  }

  private static byte[] bytes(Path file, long from, int count) throws IOException {
    if (count <= 0) {
      return new byte[0];
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(count);
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {}
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }
}
