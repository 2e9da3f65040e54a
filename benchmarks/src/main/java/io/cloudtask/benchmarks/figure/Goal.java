package io.cloudtask.benchmarks.figure;

import org.jspecify.annotations.Nullable;

/** What a figure should be, by itself or as a ratio to its limit. */
public record Goal(Subject subject, Sense sense, double bound) {
  /** Which number is judged. */
  public enum Subject {
    VALUE,
    RATIO
  }

  /** On which side of the bound it should be. */
  public enum Sense {
    AT_MOST,
    AT_LEAST
  }

  public static Goal atMost(double bound) {
    return new Goal(Subject.VALUE, Sense.AT_MOST, bound);
  }

  public static Goal atLeast(double bound) {
    return new Goal(Subject.VALUE, Sense.AT_LEAST, bound);
  }

  public static Goal ratioAtMost(double bound) {
    return new Goal(Subject.RATIO, Sense.AT_MOST, bound);
  }

  public static Goal ratioAtLeast(double bound) {
    return new Goal(Subject.RATIO, Sense.AT_LEAST, bound);
  }

  /**
   * Whether it is met.
   *
   * @param ratio null when there was no limit to be measured; a goal about it is not met then
   */
  boolean isMetBy(double value, @Nullable Double ratio) {
    Double judged = subject == Subject.VALUE ? Double.valueOf(value) : ratio;
    if (judged == null) {
      return false;
    }
    return sense == Sense.AT_MOST ? judged <= bound : judged >= bound;
  }

  /** For people, such as {@code <= 1.5 x}. */
  String words() {
    String sign = sense == Sense.AT_MOST ? "<= " : ">= ";
    return sign + Numbers.shortly(bound) + (subject == Subject.RATIO ? " x" : "");
  }
}
