package io.cloudtask.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A role of a cluster that ends and starts again, in one directory with one configuration. */
final class Part implements AutoCloseable {
  private final Path directory;
  private final List<String> options;
  private final String main;
  private @Nullable RoleProcess process;
  private boolean frozen;

  /**
   * @param options of its virtual machine
   */
  Part(Path directory, List<String> options, String main) {
    this.directory = directory;
    this.options = List.copyOf(options);
    this.main = main;
  }

  Path directory() {
    return directory;
  }

  /** Its key at the coordinator, once it has run. */
  String key() {
    try {
      boolean center = Files.exists(directory.resolve("jobserver.key"));
      return Files.readString(directory.resolve(center ? "jobserver.key" : "jobworker.key"))
          .strip();
    } catch (IOException e) {
      throw new IllegalStateException("it has no key yet", e);
    }
  }

  /** Starts it unless it runs; lets it go on when it is frozen. */
  void start() throws IOException, InterruptedException {
    if (process == null || !process.isAlive()) {
      process = RoleProcess.start(directory, options, main);
    } else if (frozen) {
      process.thaw();
    }
    frozen = false;
  }

  boolean answers() {
    return process != null && process.isAlive() && !frozen;
  }

  String ready(String name) {
    return running().ready(name);
  }

  void kill() throws InterruptedException {
    running().kill();
  }

  void stop() throws InterruptedException {
    running().stop();
  }

  void freeze() throws IOException, InterruptedException {
    running().freeze();
    frozen = true;
  }

  private RoleProcess running() {
    if (process == null) {
      throw new IllegalStateException("it was not started");
    }
    return process;
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.close();
    }
  }
}
