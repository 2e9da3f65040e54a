package io.cloudtask.agent.run;

import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.model.exchange.AssignedJob;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Makes the work directories of jobs, a few at a time, and tries again what failed for as long as
 * it is wanted. Thread-safe.
 */
final class Preparations implements AutoCloseable {
  private static final int AT_ONCE = 8;

  private final PackageCache cache;
  private final Duration retry;
  private final Predicate<AssignedJob> wanted;
  private final BiConsumer<AssignedJob, String> listener;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param retry time between attempts
   * @param wanted whether a job is still held in this version
   * @param listener hears of each attempt: "" when the directory is there, else why not
   */
  Preparations(
      PackageCache cache,
      Duration retry,
      Predicate<AssignedJob> wanted,
      BiConsumer<AssignedJob, String> listener) {
    this.cache = cache;
    this.retry = retry;
    this.wanted = wanted;
    this.listener = listener;
  }

  void prepare(AssignedJob job) {
    Thread.ofVirtual().name("prepare-" + job.jobid()).start(() -> run(job));
  }

  private void run(AssignedJob job) {
    try {
      while (!closed.get() && !attempt(job)) {
        Thread.sleep(retry);
        if (!wanted.test(job)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt(AssignedJob job) throws InterruptedException {
    permits.acquire();
    PackageCache.Prepared prepared;
    try {
      prepared = cache.prepare(job.jobid(), job.definition().filename(), job.pack());
    } finally {
      permits.release();
    }
    return switch (prepared) {
      case PackageCache.Prepared.Ready _ -> {
        listener.accept(job, "");
        yield true;
      }
      case PackageCache.Prepared.Unavailable unavailable -> {
        listener.accept(job, unavailable.reason());
        yield false;
      }
    };
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
