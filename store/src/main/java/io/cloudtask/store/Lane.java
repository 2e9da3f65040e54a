package io.cloudtask.store;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads on which native database calls run. A virtual thread that waits in a native call
 * (for the disk, say) holds its carrier, and two of them would stop every other virtual thread of a
 * small machine; so they hand the call over and wait here. Thread-safe.
 */
final class Lane implements AutoCloseable {
  private static final class LaneThread extends Thread {
    LaneThread(Runnable work, String name) {
      super(work, name);
      setDaemon(true);
    }
  }

  private final ExecutorService threads;

  Lane(String name, int width) {
    threads = Executors.newFixedThreadPool(width, work -> new LaneThread(work, name));
  }

  /**
   * Runs work on one of the threads and waits for it, also through an interrupt: what was begun
   * must not be reported as not done. Whatever the work throws reaches the caller.
   */
  <T extends @Nullable Object> T run(Callable<T> work) {
    if (Thread.currentThread() instanceof LaneThread) {
      throw new IllegalStateException("a transaction must not call the store again");
    }
    Future<T> future;
    try {
      future = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw new StoreException("the store is closed", e);
    }
    return await(future);
  }

  private static <T extends @Nullable Object> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unchecked(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known
        ? known
        : new StoreException("the store failed: " + cause, cause);
  }

  /** Waits for what was handed over, then ends the threads. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
