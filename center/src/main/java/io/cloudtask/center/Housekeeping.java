package io.cloudtask.center;

import io.cloudtask.center.lead.Duties;
import io.cloudtask.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * When a center does what it does again and again: the rounds of a leader (at once when something
 * has changed, and every few seconds anyway), pruning, and saying that it is there. Thread-safe.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration PRUNE = Duration.ofSeconds(60);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Duties duties;
  private final Duration pulse;
  private final AtomicBoolean planning = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor leadThread = thread("leader");
  private final ScheduledThreadPoolExecutor otherThread = thread("housekeeping");
  private volatile @Nullable Attendance attendance;

  /** Confined to the leader's thread. */
  private @Nullable Future<?> next;

  private boolean troubled;

  Housekeeping(Duties duties, Duration pulse) {
    this.duties = duties;
    this.pulse = pulse;
  }

  private static ScheduledThreadPoolExecutor thread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** Begins. */
  void start(Attendance present) {
    attendance = present;
    planSoon();
    repeat(present::pulse, Duration.ZERO, pulse);
    repeat(duties::prune, PRUNE, PRUNE);
  }

  /** Has the next round begin as soon as it can; many calls at once are one round. */
  void planSoon() {
    if (planning.compareAndSet(false, true)) {
      execute(leadThread, this::turn);
    }
  }

  /** The same, and waits a little for that round, so that the caller sees what came of it. */
  void planNow() {
    FutureTask<?> round = new FutureTask<>(this::turn, null);
    if (execute(leadThread, round)) {
      try {
        round.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        LOG.log(Level.DEBUG, "A round takes long; nobody waits for it any longer");
      } catch (ExecutionException e) {
        LOG.log(Level.ERROR, "A round failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does something beside the caller that may take a while. */
  void aside(Runnable work) {
    execute(otherThread, guarded(work));
  }

  private static boolean execute(ScheduledThreadPoolExecutor executor, Runnable work) {
    try {
      executor.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(Level.TRACE, "Something came after the end");
      return false;
    }
  }

  private void turn() {
    planning.set(false);
    if (next != null) {
      next.cancel(false);
    }
    Duration wait = round();
    try {
      next = leadThread.schedule(this::turn, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.TRACE, "That was the last round");
    }
  }

  private Duration round() {
    try {
      Duration wait = duties.round();
      if (troubled) {
        troubled = false;
        LOG.log(Level.INFO, "Jobs are placed again");
      }
      return wait;
    } catch (StoreException e) {
      LOG.log(
          troubled ? Level.DEBUG : Level.ERROR,
          "Jobs are not placed; this is tried again and again: {0}",
          e.getMessage());
      troubled = true;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A round failed; the next one tries again", e);
    }
    return AFTER_FAILURE;
  }

  /** Does something again and again, from now on until the end. */
  void repeat(Runnable work, Duration first, Duration every) {
    var _ =
        otherThread.scheduleWithFixedDelay(
            guarded(work), first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An executor forgets a task that throws once; this work has to go on. */
  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (StoreException e) {
        LOG.log(Level.WARNING, "Housekeeping has to wait for the store: {0}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "A piece of housekeeping failed; the next time tries again", e);
      }
    };
  }

  @Override
  public void close() {
    leadThread.shutdown();
    otherThread.shutdown();
    try {
      boolean ended =
          leadThread.awaitTermination(2, TimeUnit.SECONDS)
              && otherThread.awaitTermination(1, TimeUnit.SECONDS);
      if (!ended) {
        leadThread.shutdownNow(); // They may wait for a coordinator that does not answer.
        otherThread.shutdownNow();
      }
      if (!leadThread.awaitTermination(1, TimeUnit.SECONDS)
          || !otherThread.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "Housekeeping does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Attendance present = attendance;
    if (present != null) {
      present.leave();
    }
  }
}
