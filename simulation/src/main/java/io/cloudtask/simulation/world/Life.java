package io.cloudtask.simulation.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One life of a process, from its start to its end. It may be frozen between any two steps. */
public final class Life {
  /** What a fiber does; sequential code. */
  public interface Body {
    void run() throws Exception;
  }

  private final Timeline timeline;
  private final String name;
  private final List<Fiber> fibers = new ArrayList<>();
  private boolean over;
  private long frozenUntil;

  public Life(Timeline timeline, String name) {
    this.timeline = timeline;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public Timeline timeline() {
    return timeline;
  }

  public boolean alive() {
    return !over;
  }

  /** Whether it is frozen now. */
  public boolean frozen() {
    return frozenUntil > timeline.now();
  }

  long frozenUntil() {
    return frozenUntil;
  }

  /** Nothing of it happens for so long; what would have comes then, in its order. */
  public void freeze(Duration time) {
    frozenUntil = Math.max(frozenUntil, timeline.now() + time.toNanos());
  }

  /** Begins a sequence of steps, soon. */
  public void start(String what, Body body) {
    Fiber fiber = new Fiber(this, what, body);
    fibers.add(fiber);
    timeline.in(Duration.ZERO, this, fiber::resume);
  }

  /** Has something done as a step of its own. */
  public void later(Duration delay, Runnable task) {
    timeline.in(delay, this, task);
  }

  /**
   * Ends it at once: nothing of it happens any more. One of its own fibers that calls this does not
   * return.
   */
  public void end() {
    over = true;
    Fiber self = null;
    for (Fiber fiber : List.copyOf(fibers)) {
      if (fiber == timeline.running()) {
        self = fiber;
      } else {
        fiber.resume();
      }
    }
    if (self != null) {
      throw new Ended();
    }
  }

  void forget(Fiber fiber) {
    fibers.remove(fiber);
  }

  /** Lets the others go first for a while; called by a fiber of this life. */
  public void sleep(Duration time) {
    var _ = fiber().await(time);
  }

  /**
   * Lets the others go first for a moment, sometimes for longer, as a scheduler of threads does.
   */
  public void yield() {
    Dice dice = timeline.dice();
    sleep(
        dice.chance(0.02)
            ? dice.between(Duration.ofMillis(1), Duration.ofMillis(60))
            : dice.between(Duration.ZERO, Duration.ofMillis(1)));
  }

  /** Whether a fiber of this life is going. */
  public boolean onFiber() {
    Fiber fiber = timeline.running();
    return fiber != null && fiber.life() == this;
  }

  Fiber fiber() {
    Fiber fiber = timeline.running();
    if (fiber == null || fiber.life() != this) {
      throw new IllegalStateException("a step of " + name + " was done by somebody else");
    }
    if (over) {
      throw new Ended();
    }
    return fiber;
  }

  /** Ends the sequences of a life that is over. */
  static final class Ended extends Error {
    private static final long serialVersionUID = 1L;

    Ended() {
      super("this process is over", (@Nullable Throwable) null, false, false);
    }
  }
}
