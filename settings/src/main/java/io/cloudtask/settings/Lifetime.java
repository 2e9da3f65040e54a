package io.cloudtask.settings;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A process that lives until a signal ends it, and then ends within 10 s, also when one of its
 * parts hangs. Thread-safe.
 */
public final class Lifetime {
  /** What is promised is 10 s; the rest is for the JVM itself. */
  private static final Duration STOP = Duration.ofSeconds(9);

  private final String name;
  private final Parts parts = new Parts();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Lifetime(String name) {
    this.name = name;
  }

  /**
   * Begins; to be called before anything else, once in a process.
   *
   * @param name of the program, for what it says on standard error
   */
  public static Lifetime begin(String name) {
    LastingLogManager.install();
    Lifetime lifetime = new Lifetime(name);
    Runtime.getRuntime().addShutdownHook(new Thread(lifetime::stop, "stop"));
    return lifetime;
  }

  /** What ends with it, the last one first. */
  public Parts parts() {
    return parts;
  }

  /** Returns when it has ended. */
  public void await() throws InterruptedException {
    ended.await();
  }

  /** What does not end in time is left to the next start, which expects a crash. */
  private void stop() {
    Thread closing = Thread.ofPlatform().daemon().name("closing").start(parts::close);
    try {
      if (!closing.join(STOP)) {
        System.err.println(
            "%s: not everything ended within %d s; the next start takes up from what is on the disk"
                .formatted(name, STOP.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Log.end();
      ended.countDown();
    }
  }
}
