package io.cloudtask.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.model.exchange.PackageRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CleanerTest {
  private final BlockingQueue<Set<String>> cleanings = new LinkedBlockingQueue<>();

  @Test
  void it_cleans_after_each_interval_and_leaves_what_is_in_use() throws InterruptedException {
    try (Cleaner cleaner = new Cleaner(cache(), Duration.ofMillis(1), () -> Set.of("held"))) {
      cleaner.start();
      assertThat(cleanings.poll(30, TimeUnit.SECONDS)).containsExactly("held");
      assertThat(cleanings.poll(30, TimeUnit.SECONDS)).containsExactly("held");
    }
  }

  @Test
  void told_not_to_it_never_cleans() throws InterruptedException {
    try (Cleaner cleaner = new Cleaner(cache(), Duration.ZERO, Set::of)) {
      cleaner.start();
      assertThat(cleanings.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  private PackageCache cache() {
    return new PackageCache() {
      @Override
      public Prepared prepare(String jobId, String filename, @Nullable PackageRef pack) {
        return new Prepared.Ready(Path.of("/"));
      }

      @Override
      public void clean(Set<String> heldJobs) {
        cleanings.add(heldJobs);
      }
    };
  }
}
