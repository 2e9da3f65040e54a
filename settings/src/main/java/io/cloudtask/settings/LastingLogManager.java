package io.cloudtask.settings;

import java.util.logging.LogManager;

/**
 * Keeps the log open while the JVM ends: java.util.logging would close it first of all, and what
 * goes wrong at the end would be lost. Public because java.util.logging makes it by name.
 */
public final class LastingLogManager extends LogManager {
  private volatile boolean kept;

  /** Must be called before anything logs. */
  static void install() {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
  }

  /** The JVM's own shutdown hook calls this too, and is the only one that does while it is kept. */
  @Override
  public void reset() {
    if (!kept) {
      super.reset();
    }
  }

  void keep() {
    kept = true;
  }

  void end() {
    kept = false;
    reset();
  }
}
