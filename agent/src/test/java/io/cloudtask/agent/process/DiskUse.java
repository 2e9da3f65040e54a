package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** What a file takes on disk. */
final class DiskUse {
  private static final Set<String> MAKE_HOLES = Set.of("ext4", "xfs", "btrfs", "tmpfs");

  private DiskUse() {}

  static boolean makesHoles(Path file) throws IOException {
    return MAKE_HOLES.contains(Files.getFileStore(file).type());
  }

  static void assertAtMost(Path file, long bytes) throws IOException {
    if (makesHoles(file)) {
      assertThat(of(file)).isLessThanOrEqualTo(bytes);
    }
  }

  static void awaitAtMost(Path file, long bytes) throws IOException {
    if (makesHoles(file)) {
      await().atMost(Duration.ofSeconds(10)).until(() -> of(file) <= bytes);
    }
  }

  static long of(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return 512
        * Long.parseLong(
            new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }
}
