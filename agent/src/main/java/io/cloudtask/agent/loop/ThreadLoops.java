package io.cloudtask.agent.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Loops that are threads: virtual ones for those that only wait for others. */
public final class ThreadLoops implements Loops {
  private static final System.Logger LOG = System.getLogger(ThreadLoops.class.getName());
  private static final Duration STOP = Duration.ofSeconds(5);

  @Override
  public Loop loop(String name, Kind kind, Turn turn) {
    return new ThreadLoop(name, kind, turn);
  }

  private static final class ThreadLoop implements Loop {
    private final Turn turn;
    private final boolean interrupted;
    private final Thread thread;
    private final Semaphore rings = new Semaphore(0);
    private volatile boolean closed;

    ThreadLoop(String name, Kind kind, Turn turn) {
      this.turn = turn;
      this.interrupted = kind != Kind.OWNER;
      Thread.Builder builder =
          switch (kind) {
            case OWNER -> Thread.ofPlatform();
            case URGENT -> Thread.ofPlatform().daemon();
            case CALLER -> Thread.ofVirtual();
          };
      this.thread =
          builder.name(name).uncaughtExceptionHandler(ThreadLoop::failed).unstarted(this::run);
    }

    private static void failed(Thread thread, Throwable fault) {
      LOG.log(
          System.Logger.Level.ERROR,
          "A part of this agent, its "
              + thread.getName()
              + ", has failed. Runs go on, and nothing may be started any more: start the agent"
              + " again, and report this.",
          fault);
    }

    @Override
    public void start() {
      thread.start();
    }

    @Override
    public void ring() {
      if (rings.availablePermits() == 0) {
        rings.release();
      }
    }

    private void run() {
      try {
        while (!closed) {
          pause(turn.take());
        }
      } catch (InterruptedException e) {
        LOG.log(System.Logger.Level.TRACE, "closed");
      }
    }

    private void pause(Wait wait) throws InterruptedException {
      long nanos = wait.time().toNanos();
      if (wait.deaf()) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      } else if (rings.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        rings.drainPermits();
      }
    }

    @Override
    public void close() {
      closed = true;
      if (thread.getState() == Thread.State.NEW) {
        return;
      }
      ring();
      if (interrupted) {
        thread.interrupt();
      }
      try {
        thread.join(STOP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
