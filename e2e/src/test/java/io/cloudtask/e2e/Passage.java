package io.cloudtask.e2e;

import java.util.concurrent.CompletableFuture;

/** Where what is sent waits while the way is cut; afterwards it goes on, late. Thread-safe. */
final class Passage {
  private CompletableFuture<Boolean> open = CompletableFuture.completedFuture(true);

  synchronized void cut() {
    if (open.isDone()) {
      open = new CompletableFuture<>();
    }
  }

  void mend() {
    current().complete(true);
  }

  /** Waits until the way is open. */
  void pass() {
    boolean _ = current().join();
  }

  private synchronized CompletableFuture<Boolean> current() {
    return open;
  }
}
