package io.cloudtask.standalone;

import io.cloudtask.center.Center;
import io.cloudtask.settings.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A switch for tests: as long as a certain file exists, the center's port is closed for its agents.
 * Off, and without a thread, unless the system property {@value #PROPERTY} names that file.
 */
final class Outage implements AutoCloseable {
  static final String PROPERTY = "cloudtask.test.outage";

  private static final System.Logger LOG = System.getLogger(Outage.class.getName());
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Center center;
  private final Path file;
  private final Thread thread;

  private Outage(Center center, Path file) {
    this.center = center;
    this.file = file;
    this.thread = Thread.ofPlatform().daemon().name("outage").unstarted(this::run);
  }

  /** Begins to look for the file, if there is one to look for. */
  static void watch(Center center, Parts parts) {
    String file = System.getProperty(PROPERTY);
    if (file != null) {
      LOG.log(System.Logger.Level.WARNING, "The center API is off while {0} exists", file);
      parts.add("outage", new Outage(center, Path.of(file))).thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        if (Files.exists(file)) {
          center.suspendAgentApi();
        } else {
          center.resumeAgentApi();
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
