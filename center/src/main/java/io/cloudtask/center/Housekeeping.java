package io.cloudtask.center;

import io.cloudtask.store.Retention;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a center does again and again: it plans, prunes, and says that it is there. Thread-safe. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration PLAN = Duration.ofSeconds(5);
  private static final Duration PRUNE = Duration.ofSeconds(60);
  private static final int PRUNE_BATCH = 500;
  private static final int PRUNE_ROUNDS = 200;

  private final Store store;
  private final Planner planner;
  private final CenterSettings.Habits habits;
  private final Clock clock;
  private final AtomicBoolean planning = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor planThread = thread("planner");
  private final ScheduledThreadPoolExecutor otherThread = thread("housekeeping");
  private volatile @Nullable Attendance attendance;

  Housekeeping(Store store, Planner planner, CenterSettings.Habits habits, Clock clock) {
    this.store = store;
    this.planner = planner;
    this.habits = habits;
    this.clock = clock;
  }

  private static ScheduledThreadPoolExecutor thread(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** Begins. */
  void start(Attendance present) {
    attendance = present;
    repeat(planThread, planner::tick, Duration.ZERO, PLAN);
    repeat(otherThread, present::pulse, Duration.ZERO, habits.pulse());
    repeat(otherThread, this::prune, PRUNE, PRUNE);
  }

  /** Plans as soon as it can; many calls at once plan once. */
  void planSoon() {
    if (planning.compareAndSet(false, true)) {
      try {
        planThread.execute(() -> {
          planning.set(false);
          planner.place();
        });
      } catch (RejectedExecutionException e) {
        LOG.log(Level.TRACE, "A wish to plan came after the end");
      }
    }
  }

  private static void repeat(
      ScheduledThreadPoolExecutor executor, Runnable work, Duration first, Duration every) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            // An executor forgets a task that throws once; this work has to go on.
            LOG.log(Level.ERROR, "A round of housekeeping failed; the next one tries again", e);
          }
        };
    var _ =
        executor.scheduleWithFixedDelay(
            guarded, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void prune() {
    try {
      for (int round = 0; round < PRUNE_ROUNDS; round++) {
        Retention.Progress progress =
            store.write(
                tx -> tx.retention().prune(habits.retention(), PRUNE_BATCH, clock.instant()));
        if (progress.done() || otherThread.isShutdown()) {
          return;
        }
      }
    } catch (StoreException e) {
      LOG.log(Level.ERROR, "What is too old could not be removed; this is tried again", e);
    }
  }

  @Override
  public void close() {
    planThread.shutdown();
    otherThread.shutdown();
    try {
      if (!planThread.awaitTermination(5, TimeUnit.SECONDS)
          || !otherThread.awaitTermination(5, TimeUnit.SECONDS)) {
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
