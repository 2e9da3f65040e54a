package io.cloudtask.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and what happens when. Of two things at one instant the one that was planned first
 * comes first. Everything of a world happens on the thread that calls {@link #step}, or on a fiber
 * while that thread waits for it; so nothing here is thread-safe, and nothing has to be.
 */
public final class Timeline {
  /** When every world begins; a whole minute, so that the grids of schedules are simple. */
  public static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

  private record Event(long at, long order, Life life, Runnable task) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Dice dice;
  private final Trace trace;
  private final Life nature;
  private long now;
  private long order;
  private long steps;
  private long fingerprint;
  private @Nullable RuntimeException failure;
  private @Nullable Fiber running;

  public Timeline(Dice dice, Trace trace) {
    this.dice = dice;
    this.trace = trace;
    this.nature = new Life(this, "world");
  }

  /** Nanoseconds since the beginning; also every monotonic clock. */
  public long now() {
    return now;
  }

  /** True time. */
  public Instant instant() {
    return BEGIN.plusNanos(now);
  }

  public Dice dice() {
    return dice;
  }

  public Trace trace() {
    return trace;
  }

  /** What is never frozen and never dies. */
  public Life nature() {
    return nature;
  }

  /** How many steps there were. */
  public long steps() {
    return steps;
  }

  /** Of all steps up to now; equal for equal seeds. */
  public long fingerprint() {
    return fingerprint;
  }

  /**
   * Has something done later, as a step of a life: not while that is frozen, never when it is over.
   */
  public void in(Duration delay, Life life, Runnable task) {
    at(now + Math.max(0, delay.toNanos()), life, task);
  }

  /** The same, at an instant of {@link #now}. */
  public void at(long instant, Life life, Runnable task) {
    events.add(new Event(Math.max(now, instant), ++order, life, task));
  }

  /**
   * Does what is next.
   *
   * @return false, and the time is {@code end}, when nothing is to be done until then
   */
  public boolean step(long end) {
    while (true) {
      Event next = events.peek();
      if (next == null || next.at() > end) {
        now = end;
        return false;
      }
      events.remove();
      if (next.life().frozenUntil() > next.at()) {
        at(next.life().frozenUntil(), next.life(), next.task());
      } else if (next.life().alive()) {
        happen(next);
        return true;
      }
    }
  }

  private void happen(Event event) {
    now = event.at();
    steps++;
    fingerprint = (fingerprint ^ now) * 0x100000001b3L + event.order();
    event.task().run();
    if (failure != null) {
      throw failure;
    }
  }

  /** A process failed in a way that no process may; the step in which it did ends with this. */
  void failed(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  @Nullable Fiber running() {
    return running;
  }

  void running(@Nullable Fiber fiber) {
    running = fiber;
  }
}
