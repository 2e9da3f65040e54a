package io.cloudtask.center.runs;

import io.cloudtask.model.rest.Bucket;
import io.cloudtask.model.run.Answer;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.RunSearch;
import io.cloudtask.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Counts what became of runs and due instants over time. */
public final class Histogram {
  private static final int MOST_GAPS = 10_000;

  private final Instant from;
  private final Instant to;
  private final long width;
  private final long[][] runs;
  private final double[] skipped;
  private final double[] missed;

  private Histogram(Instant from, Instant to, int buckets) {
    this.from = from;
    this.to = to;
    this.width = Math.ceilDiv(Duration.between(from, to).toMillis(), buckets);
    this.runs = new long[buckets][RunState.values().length];
    this.skipped = new double[buckets];
    this.missed = new double[buckets];
  }

  /**
   * The buckets of a span of time, oldest first; the last one may be a little shorter.
   *
   * @param to at least as many milliseconds after {@code from} as there are buckets
   */
  public static List<Bucket> read(
      Tx tx, RunSearch.About about, Instant from, Instant to, int buckets) {
    Histogram histogram = new Histogram(from, to, buckets);
    tx.overviews()
        .histogram(about, from, to, Duration.ofMillis(histogram.width))
        .forEach(histogram::add);
    tx.overviews().gaps(about, from, to, MOST_GAPS).stream()
        .map(Overviews.Gap::row)
        .forEach(histogram::add);
    return histogram.buckets();
  }

  private void add(Overviews.RunCount count) {
    if (count.bucket() >= 0 && count.bucket() < runs.length) {
      runs[count.bucket()][count.state().ordinal()] += count.runs();
    }
  }

  /** A gap knows how many instants it has, not when: they are spread evenly over it. */
  private void add(GapRow gap) {
    long first = gap.first().toEpochMilli() - from.toEpochMilli();
    long length = gap.last().toEpochMilli() - gap.first().toEpochMilli() + 1;
    double[] counts = gap.reason().answer() == Answer.SKIPPED ? skipped : missed;
    for (int i = 0; i < counts.length; i++) {
      long begin = Math.max(first, i * width);
      long end = Math.min(first + length, (i + 1) * width);
      if (begin < end) {
        counts[i] += (double) gap.count() * (end - begin) / length;
      }
    }
  }

  private List<Bucket> buckets() {
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      Instant end = from.plusMillis((i + 1) * width);
      buckets.add(
          new Bucket(
              from.plusMillis(i * width),
              end.isAfter(to) ? to : end,
              of(i, RunState.SUCCEEDED),
              of(i, RunState.FAILED),
              of(i, RunState.TIMED_OUT),
              of(i, RunState.STOPPED),
              of(i, RunState.LOST),
              of(i, RunState.CANCELLED) + Math.round(skipped[i]),
              Math.round(missed[i])));
    }
    return buckets;
  }

  private long of(int bucket, RunState state) {
    return runs[bucket][state.ordinal()];
  }
}
