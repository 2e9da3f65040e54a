package io.cloudtask.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Duration patience;

  /**
   * @param patience how long a call waits for its turn
   */
  Lane(String name, int width, Duration patience) {
    this.patience = patience;
    threads = Executors.newFixedThreadPool(width, work -> new LaneThread(work, name));
  }

  /** Work that begins once or, when nobody waits for it any more, never. */
  private record Turn<T extends @Nullable Object>(Callable<T> work, AtomicBoolean taken)
      implements Callable<T> {
    @Override
    public T call() throws Exception {
      if (!taken.compareAndSet(false, true)) {
        throw new CancellationException();
      }
      return work.call();
    }
  }

  /**
   * Runs work on one of the threads and waits for it, also through an interrupt: what was begun
   * must not be reported as not done. Whatever the work throws reaches the caller.
   *
   * @throws StoreException when its turn did not come in time
   */
  <T extends @Nullable Object> T run(Callable<T> work) {
    if (Thread.currentThread() instanceof LaneThread) {
      throw new IllegalStateException("a transaction must not call the store again");
    }
    Turn<T> turn = new Turn<>(work, new AtomicBoolean());
    Future<T> future;
    try {
      future = threads.submit(turn);
    } catch (RejectedExecutionException e) {
      throw new StoreException("the store is closed", e);
    }
    return await(turn, future);
  }

  private <T extends @Nullable Object> T await(Turn<T> turn, Future<T> future) {
    long end = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return turn.taken.get()
              ? future.get()
              : future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (turn.taken.compareAndSet(false, true)) {
            throw new StoreException(
                "the store had too much to do for %d s; the call was given up before it began"
                    .formatted(patience.toSeconds()),
                e,
                true);
          }
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
