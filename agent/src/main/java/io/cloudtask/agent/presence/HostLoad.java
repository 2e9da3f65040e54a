package io.cloudtask.agent.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How busy this host is: the load average of the last minute, divided by its processors, as the
 * files of Linux tell. Immutable.
 */
public final class HostLoad {
  private static final String PROCESSOR = "cpu\\d+ .*";

  private final Path proc;
  private final long processors;

  private HostLoad(Path proc, long processors) {
    this.proc = proc;
    this.processors = processors;
  }

  /** Of the host of this process. */
  public static HostLoad here() {
    return of(Path.of("/proc"));
  }

  /**
   * As a directory tells.
   *
   * @param proc {@code /proc}, or one like it
   */
  static HostLoad of(Path proc) {
    try (Stream<String> lines = Files.lines(proc.resolve("stat"))) {
      return new HostLoad(proc, lines.filter(line -> line.matches(PROCESSOR)).count());
    } catch (IOException e) {
      return new HostLoad(proc, 0); // another system
    }
  }

  /** 1.0 when every processor has just enough to do; null when this system does not tell. */
  public @Nullable Double now() {
    if (processors == 0) {
      return null;
    }
    try {
      String[] averages = Files.readString(proc.resolve("loadavg")).split(" ", -1);
      return Double.parseDouble(averages[0]) / processors;
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }
}
