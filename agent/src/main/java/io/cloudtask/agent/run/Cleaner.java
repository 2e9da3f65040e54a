package io.cloudtask.agent.run;

import io.cloudtask.agent.packages.PackageCache;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Has work directories that nobody needs removed, from time to time. Thread-safe. */
final class Cleaner implements AutoCloseable {
  private final PackageCache cache;
  private final Duration interval;
  private final Supplier<Set<String>> inUse;
  private final Thread thread;

  /**
   * @param interval zero: never
   * @param inUse jobs whose work directories stay
   */
  Cleaner(PackageCache cache, Duration interval, Supplier<Set<String>> inUse) {
    this.cache = cache;
    this.interval = interval;
    this.inUse = inUse;
    this.thread = Thread.ofVirtual().name("cleaner").unstarted(this::run);
  }

  void start() {
    if (interval.isPositive()) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(interval);
        cache.clean(inUse.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
