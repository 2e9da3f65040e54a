package io.cloudtask.agent.run;

import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.model.exchange.AssignedJob;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the work directories of jobs, a few at a time, and tries again what failed for as long as
 * the job is held. Of one job the version asked for last counts, and attempts follow each other: an
 * older package never replaces a newer one. Thread-safe.
 */
final class Preparations implements AutoCloseable {
  private static final int AT_ONCE = 8;

  private final PackageCache cache;
  private final Duration retry;
  private final Predicate<AssignedJob> wanted;
  private final BiConsumer<AssignedJob, String> listener;
  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Map<String, LinkedBlockingQueue<AssignedJob>> asked = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param retry time between attempts
   * @param wanted whether a job is still held
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
    asked.compute(
        job.jobid(),
        (id, queue) -> {
          LinkedBlockingQueue<AssignedJob> versions = queue;
          if (versions == null) {
            versions = new LinkedBlockingQueue<>();
            LinkedBlockingQueue<AssignedJob> mine = versions;
            Thread.ofVirtual().name("prepare-" + id).start(() -> work(id, mine));
          }
          versions.add(job);
          return versions;
        });
  }

  private void work(String jobId, LinkedBlockingQueue<AssignedJob> versions) {
    try {
      AssignedJob job = newest(versions.take(), versions);
      while (!closed) {
        Duration pause = attempt(job) ? Duration.ZERO : retry;
        AssignedJob next = versions.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          job = newest(next, versions);
        } else if ((pause.isZero() || !wanted.test(job)) && finished(jobId)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AssignedJob newest(AssignedJob first, LinkedBlockingQueue<AssignedJob> versions) {
    AssignedJob newest = first;
    for (@Nullable AssignedJob next = versions.poll(); next != null; next = versions.poll()) {
      newest = next;
    }
    return newest;
  }

  /** Gives the place up, unless another version was asked for meanwhile. */
  private boolean finished(String jobId) {
    return asked.computeIfPresent(jobId, (_, queue) -> queue.isEmpty() ? null : queue) == null;
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
    closed = true;
  }
}
