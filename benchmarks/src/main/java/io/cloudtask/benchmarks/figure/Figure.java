package io.cloudtask.benchmarks.figure;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One measured thing.
 *
 * @param name dotted, begins with the name of its benchmark
 * @param unit such as {@code ms} or {@code runs/s}
 * @param better which direction is an improvement
 * @param samples how many values the median is of
 * @param p99 the 99th percentile when there are a hundred samples or more, else the worst of them
 * @param limit what the machine allows, measured in the same run; null when that could not be
 *     measured, or when there is no such thing
 * @param goal null when there is none
 * @param note for people: under which circumstances, or why something is missing; "" for nothing
 */
public record Figure(
    String name,
    String unit,
    Better better,
    int samples,
    double median,
    double p99,
    @Nullable Limit limit,
    @Nullable Goal goal,
    String note) {
  private static final int MANY = 100;

  /** Which direction is an improvement. */
  public enum Better {
    LOWER,
    HIGHER
  }

  /** The yardstick of a figure, in its unit. */
  public record Limit(String what, double value) {}

  /** A figure of which less is better. */
  public static Figure lower(String name, String unit, Samples samples) {
    return of(name, unit, Better.LOWER, samples, samples.percentile(tail(samples)));
  }

  /** A figure of which more is better; its tail are the small values. */
  public static Figure higher(String name, String unit, Samples samples) {
    return of(name, unit, Better.HIGHER, samples, samples.percentile(101 - tail(samples)));
  }

  private static double tail(Samples samples) {
    return samples.count() >= MANY ? 99 : 100;
  }

  private static Figure of(String name, String unit, Better better, Samples samples, double tail) {
    return new Figure(name, unit, better, samples.count(), samples.median(), tail, null, null, "");
  }

  public Figure limit(String what, double value) {
    return new Figure(name, unit, better, samples, median, p99, new Limit(what, value), goal, note);
  }

  public Figure goal(Goal wanted) {
    return new Figure(name, unit, better, samples, median, p99, limit, wanted, note);
  }

  public Figure note(String text) {
    return new Figure(name, unit, better, samples, median, p99, limit, goal, text);
  }

  /** The median by the limit; null when there is none. */
  @JsonProperty
  public @Nullable Double ratio() {
    return limit == null || limit.value() == 0 ? null : Double.valueOf(median / limit.value());
  }

  /** Null when there is no goal. */
  @JsonProperty
  public @Nullable Boolean met() {
    return goal == null ? null : Boolean.valueOf(goal.isMetBy(median, ratio()));
  }
}
