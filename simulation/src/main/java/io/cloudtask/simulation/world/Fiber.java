package io.cloudtask.simulation.world;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of steps of a process. It has a thread only so that it can be written as plain code:
 * that thread runs while the one of the timeline waits for it, and never else.
 */
final class Fiber {
  private enum State {
    RUNNING,
    WAITING,
    WOKEN
  }

  private final Life life;
  private final Timeline timeline;
  private final Thread thread;
  private volatile boolean mine;
  private volatile boolean over;
  private @Nullable Thread resumer;
  private State state = State.RUNNING;
  private long waits;
  private boolean inTime;

  Fiber(Life life, String what, Life.Body body) {
    this.life = life;
    this.timeline = life.timeline();
    this.thread =
        Thread.ofVirtual().name(life.name() + '/' + what).unstarted(() -> run(what, body));
  }

  Life life() {
    return life;
  }

  private void run(String what, Life.Body body) {
    try {
      if (life.alive()) {
        body.run();
      }
    } catch (Life.Ended e) {
      timeline.trace().say(life.name(), "%s ends with its process", what);
    } catch (Violation e) {
      timeline.failed(e);
    } catch (Exception | LinkageError | AssertionError e) {
      timeline.failed(new IllegalStateException(life.name() + '/' + what + " failed: " + e, e));
    } finally {
      over = true;
      life.forget(this);
      handBack();
    }
  }

  /** Lets it go on until it waits or ends; called by the thread of the timeline. */
  void resume() {
    if (over) {
      return;
    }
    @Nullable Fiber before = timeline.running();
    timeline.running(this);
    resumer = Thread.currentThread();
    mine = true;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (mine) {
      LockSupport.park(this);
    }
    timeline.running(before);
  }

  private void handBack() {
    Thread waiting = resumer;
    mine = false;
    LockSupport.unpark(waiting);
  }

  private void pause() {
    handBack();
    while (!mine) {
      LockSupport.park(this);
    }
    if (!life.alive()) {
      throw new Life.Ended();
    }
  }

  /**
   * Waits, called by itself.
   *
   * @return whether it was woken before the time was over
   */
  boolean await(Duration atMost) {
    long wait = ++waits;
    state = State.WAITING;
    timeline.in(atMost, life, () -> goOn(wait, false));
    pause();
    state = State.RUNNING;
    return inTime;
  }

  /** Has it go on, if it waits. */
  void wake() {
    if (state == State.WAITING) {
      state = State.WOKEN;
      long wait = waits;
      timeline.in(Duration.ZERO, life, () -> goOn(wait, true));
    }
  }

  private void goOn(long wait, boolean woken) {
    if (wait == waits && (state == State.WAITING || (woken && state == State.WOKEN))) {
      inTime = woken;
      resume();
    }
  }
}
