package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Job files with many jobs. */
public final class JobFiles {
  private static final int MOST = 10_000;

  /** Once a year, and never soon. */
  public static final String FAR_AWAY = "cron: \"11 3 29 2 *\"";

  private JobFiles() {}

  /**
   * Jobs that differ in their names alone.
   *
   * @param schedule such as {@code every: 2s}
   */
  public static String of(String name, int first, int count, String command, String schedule) {
    return IntStream.range(first, first + count)
        .mapToObj(i ->
            "- {name: %s-%06d, command: '%s', schedules: [{%s}]}"
                .formatted(name, i, command.replace("'", "''"), schedule))
        .collect(Collectors.joining("\n", "jobs:\n", "\n"));
  }

  /** Gives a center so many jobs that are due far away, in as many files as it takes. */
  public static void applyIdle(Rest api, int first, int count)
      throws IOException, InterruptedException {
    for (int done = 0; done < count; done += MOST) {
      api.apply(of("idle", first + done, Math.min(MOST, count - done), "true", FAR_AWAY));
    }
  }
}
