package io.cloudtask.simulation;

import io.cloudtask.simulation.cluster.Mutant;
import io.cloudtask.simulation.cluster.SharedStore;
import io.cloudtask.simulation.cluster.Trial;
import io.cloudtask.simulation.world.Trace;
import io.cloudtask.simulation.world.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs worlds, some of them at a time; each has a time and a store of its own. Thread-safe. */
final class Simulation {
  /** What an exception of a part breaks. */
  static final String NO_PART_FAILS = "no part fails";

  private static final int TAIL = 60;

  /** Hears how it goes, one call at a time. */
  interface Progress {
    void world(long done, long of, int broken);

    /** A promise was broken. */
    void broken(Outcome.Broken broken);
  }

  /**
   * What to run.
   *
   * @param keepGoing after a promise was broken
   * @param atOnce how many worlds at a time
   */
  record Wish(long from, long seeds, Mutant mutant, boolean keepGoing, int atOnce) {}

  /** What came of one world. */
  private record World(
      long steps, long starts, long fingerprint, Optional<Outcome.Broken> broken) {}

  private final @Nullable Consumer<String> listener;
  private final LongSupplier millis;
  private final Progress progress;

  /**
   * @param listener hears each step of each world; null: nobody does
   * @param millis a ticker, for how long it takes
   */
  Simulation(@Nullable Consumer<String> listener, LongSupplier millis, Progress progress) {
    this.listener = listener;
    this.millis = millis;
    this.progress = progress;
  }

  /** Runs until a promise is broken, or all are run. */
  Outcome run(Wish wish) throws InterruptedException {
    long began = millis.getAsLong();
    Row row = new Row(wish);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < wish.atOnce(); i++) {
      // Virtual, so that going from fiber to fiber costs no switch of real threads.
      workers.add(Thread.ofVirtual().start(() -> work(row)));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return row.outcome(millis.getAsLong() - began);
  }

  private void work(Row row) {
    try (SharedStore store = new SharedStore()) {
      for (long seed = row.next(); seed >= 0; seed = row.next()) {
        row.done(seed, world(seed, row.wish.mutant(), store));
      }
    } catch (RuntimeException | Error e) {
      row.failed(e);
    }
  }

  private World world(long seed, Mutant mutant, SharedStore store) {
    Trial trial = new Trial(seed, mutant, store, new Trace(listener));
    Optional<Outcome.Broken> broken = Optional.empty();
    try {
      trial.run();
    } catch (RuntimeException e) {
      broken =
          Optional.of(
              broken(seed, mutant, e, listener == null ? tail(seed, mutant, store) : List.of()));
    }
    return new World(trial.steps(), trial.starts(), trial.fingerprint(), broken);
  }

  /** The last steps of a world that breaks a promise: it is run again, and somebody listens. */
  private static List<String> tail(long seed, Mutant mutant, SharedStore store) {
    Deque<String> last = new ArrayDeque<>();
    Trace trace =
        new Trace(line -> {
          last.add(line);
          if (last.size() > TAIL) {
            last.remove();
          }
        });
    try {
      new Trial(seed, mutant, store, trace).run();
      last.add("(run again, it kept every promise: that must not be)");
    } catch (RuntimeException e) {
      // As before.
      return List.copyOf(last);
    }
    return List.copyOf(last);
  }

  private static Outcome.Broken broken(
      long seed, Mutant mutant, RuntimeException e, List<String> tail) {
    String replay =
        "./cloudtask simulate --from "
            + seed
            + " --seeds 1 --trace"
            + (mutant == Mutant.NONE ? "" : " --mutant " + mutant.written());
    return e instanceof Violation violation
        ? new Outcome.Broken(
            seed, violation.invariant().words(), String.valueOf(e.getMessage()), replay, tail)
        : new Outcome.Broken(seed, NO_PART_FAILS, stack(e), replay, tail);
  }

  /** What is no broken promise is a fault in a part, and where it lies is of interest. */
  private static String stack(RuntimeException e) {
    StringWriter stack = new StringWriter();
    e.printStackTrace(new PrintWriter(stack));
    return stack.toString();
  }

  /** Seeds, handed out in order, and what came of them. */
  private final class Row {
    private final Wish wish;
    private final NavigableMap<Long, World> worlds = new TreeMap<>();
    private long handedOut;
    private long firstBroken = Long.MAX_VALUE;
    private int broken;
    private @Nullable Throwable failure;

    Row(Wish wish) {
      this.wish = wish;
    }

    /** The next seed; negative when there is none. */
    synchronized long next() {
      boolean over = firstBroken != Long.MAX_VALUE && !wish.keepGoing();
      return over || failure != null || handedOut == wish.seeds() ? -1 : wish.from() + handedOut++;
    }

    synchronized void done(long seed, World world) {
      worlds.put(seed, world);
      world
          .broken()
          .ifPresent(one -> {
            broken++;
            firstBroken = Math.min(firstBroken, seed);
            progress.broken(one);
          });
      progress.world(worlds.size(), wish.seeds(), broken);
    }

    synchronized void failed(Throwable e) {
      failure = e;
    }

    /** What was run beside and beyond the first broken one does not count. */
    synchronized Outcome outcome(long took) {
      if (failure != null) {
        throw new IllegalStateException("the worlds can't be run: " + failure, failure);
      }
      NavigableMap<Long, World> counted =
          wish.keepGoing() ? worlds : worlds.headMap(firstBroken, true);
      long fingerprint = 0;
      for (World world : counted.values()) {
        fingerprint = fingerprint * 31 + world.fingerprint();
      }
      return new Outcome(
          wish.mutant().written(),
          wish.from(),
          counted.size(),
          counted.values().stream().mapToLong(World::steps).sum(),
          counted.values().stream().mapToLong(World::starts).sum(),
          Long.toHexString(fingerprint),
          took,
          counted.values().stream().flatMap(world -> world.broken().stream()).toList());
    }
  }
}
