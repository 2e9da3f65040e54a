package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that prints more than a gigabyte, each byte of which is known. */
class FloodTest {
  private static final int LINES = 120_000_000;
  private static final long SIZE = 1_088_888_898;
  private static final int HEAD = 1 << 20;
  private static final int TAIL = 9 << 20;

  @TempDir Path dir;

  @Test
  void of_a_gigabyte_the_head_and_the_tail_are_kept_and_memory_stays_flat() throws Exception {
    try (StandaloneProcess standalone = StandaloneProcess.start(dir.resolve("data"))) {
      Api api = standalone.api();
      api.apply(
          "jobs: [{name: flood, command: 'seq 1 %d; echo over >&2; exit 3'}]".formatted(LINES));
      await().atMost(Duration.ofSeconds(20)).until(() -> api.job("flood").agent() != null);
      long before = resident(standalone);
      AtomicLong most = new AtomicLong();
      api.post("/api/v1/jobs/flood/start");
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            most.accumulateAndGet(resident(standalone), Math::max);
            return api.runs("flood").stream().anyMatch(run -> run.state().terminal());
          });
      assertThat(most.get() - before).isLessThan(300 << 20);
      RunView run = api.runs("flood").getFirst();
      assertThat(run.exitcode()).isEqualTo(3);
      assertThat(run.outputs())
          .extracting(o -> List.of(o.stream(), o.size(), o.cutfrom(), o.cutto()))
          .containsExactlyInAnyOrder(
              List.of("stdout", SIZE, (long) HEAD, SIZE - TAIL), List.of("stderr", 5L, 0L, 0L));
      assertThat(api.output(run.runid(), "stderr")).isEqualTo("over\n");
      assertThat(whole(api, run.runid(), 0, HEAD)).isEqualTo(head());
      assertThat(whole(api, run.runid(), SIZE - TAIL, SIZE)).isEqualTo(tail());
    }
  }

  /** Kept bytes in [from, to), piece by piece. */
  private static String whole(Api api, String runid, long from, long to) {
    StringBuilder text = new StringBuilder();
    while (from + text.length() < to) {
      String part = api.output(runid, "stdout", from + text.length());
      assertThat(part).isNotEmpty();
      text.append(part);
    }
    return text.toString();
  }

  private static String head() {
    StringBuilder text = new StringBuilder();
    for (int line = 1; text.length() < HEAD; line++) {
      text.append(line).append('\n');
    }
    return text.substring(0, HEAD);
  }

  private static String tail() {
    StringBuilder text = new StringBuilder();
    for (int line = LINES - TAIL / 10 - 1; line <= LINES; line++) {
      text.append(line).append('\n');
    }
    return text.substring(text.length() - TAIL);
  }

  /** Bytes of memory that the process has. */
  private static long resident(StandaloneProcess process) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
