package io.cloudtask.benchmarks.inside;

import io.cloudtask.center.allocate.Allocator;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.center.allocate.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One round of the planner, from the rows as they were read to the moves that change something. For
 * JMH, which needs it to be public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlanRound {
  @Param("1000")
  public int jobs;

  @Param("10")
  public int agents;

  private Fleet empty = Fleet.of(1, 1);
  private Fleet loss = empty;
  private Fleet join = empty;
  private long[] longs = {};

  @Setup
  public void fill() {
    empty = Fleet.of(jobs, agents);
    Fleet full = empty.after(Allocator.plan(empty.snapshot()));
    loss = full.withoutFirst();
    join = full.withOneMore();
    longs = new long[jobs];
    for (int i = 0; i < jobs; i++) {
      longs[i] = i * 0x9e3779b97f4a7c15L;
    }
  }

  /** Everything is to be placed. */
  @Benchmark
  public List<Move> first() {
    return Placement.changes(empty.snapshot());
  }

  /** An agent was lost. */
  @Benchmark
  public List<Move> loss() {
    return Placement.changes(loss.snapshot());
  }

  /** An agent has joined. */
  @Benchmark
  public List<Move> join() {
    return Placement.changes(join.snapshot());
  }

  /** The yardstick. */
  @Benchmark
  public long[] sort() {
    long[] copy = longs.clone();
    Arrays.sort(copy);
    return copy;
  }
}
