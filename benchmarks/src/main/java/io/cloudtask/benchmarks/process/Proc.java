package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What the kernel of a Linux says of a process. */
public record Proc(long pid) {
  private static final double MEBI = 1024 * 1024;

  /** Its memory that is in RAM, in MB of 1024 x 1024 bytes. */
  public double residentMegabytes() throws IOException {
    return status("VmRSS:") * 1024 / MEBI;
  }

  /** The greatest that it ever was. */
  public double mostResidentMegabytes() throws IOException {
    return status("VmHWM:") * 1024 / MEBI;
  }

  private long status(String name) throws IOException {
    try (Stream<String> lines = Files.lines(file("status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow(() -> new IOException("the kernel says no " + name + " of " + pid));
    }
  }

  /** The time that its threads, those that live, have spent on processors. */
  public Duration processorTime() throws IOException {
    long nanos = 0;
    try (Stream<Path> threads = Files.list(file("task"))) {
      for (Path thread : threads.toList()) {
        try {
          String text = Files.readString(thread.resolve("schedstat"));
          nanos += Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
          continue; // it has ended
        }
      }
    }
    return Duration.ofNanos(nanos);
  }

  /** How many descriptors are open. */
  public long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(file("fd"))) {
      return open.count();
    }
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
