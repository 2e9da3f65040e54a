package io.cloudtask.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.PackageRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationsTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean held = true;

  @Test
  void what_fails_is_tried_again_until_it_is_there() {
    int[] attempts = {0};
    try (Preparations preparations =
        with(_ -> ++attempts[0] < 3 ? new PackageCache.Prepared.Unavailable("no") : ready())) {
      preparations.prepare(job(1));
      await().until(() -> told.size() == 3);
    }
    assertThat(told).containsExactly("1:no", "1:no", "1:");
  }

  @Test
  void a_job_that_left_is_not_tried_again() {
    try (Preparations preparations = with(_ -> new PackageCache.Prepared.Unavailable("no"))) {
      preparations.prepare(job(1));
      await().until(() -> told.size() >= 2);
      held = false;
      await().during(Duration.ofMillis(100)).until(() -> true);
      int before = told.size();
      await().during(Duration.ofMillis(100)).until(() -> told.size() == before);
    }
  }

  @Test
  void an_older_package_never_follows_a_newer_one() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (Preparations preparations =
        with(sha -> {
          if (sha.equals("1")) {
            gate.await();
          }
          return ready();
        })) {
      preparations.prepare(job(1));
      preparations.prepare(job(2));
      preparations.prepare(job(3));
      gate.countDown();
      await().until(() -> told.contains("3:"));
      preparations.prepare(job(4));
      await().until(() -> told.contains("4:"));
    }
    assertThat(told).isSorted().doesNotHaveDuplicates();
  }

  private interface Attempt {
    PackageCache.Prepared of(String sha) throws InterruptedException;
  }

  private Preparations with(Attempt attempt) {
    PackageCache cache =
        new PackageCache() {
          @Override
          public Prepared prepare(String jobId, String filename, @Nullable PackageRef pack) {
            try {
              return attempt.of(pack == null ? "" : pack.sha256());
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void clean(Set<String> heldJobs) {}
        };
    return new Preparations(
        cache,
        Duration.ofMillis(5),
        _ -> held,
        (job, reason) -> told.add(job.version() + ":" + reason));
  }

  private static PackageCache.Prepared ready() {
    return new PackageCache.Prepared.Ready(Path.of("/"));
  }

  private static AssignedJob job(long version) {
    AssignedJob job = Jobs.secondly(1).version(version).job();
    return new AssignedJob(
        job.jobid(),
        1,
        job.from(),
        job.assignedat(),
        version,
        job.definition(),
        new PackageRef("p", "" + version, 1));
  }
}
