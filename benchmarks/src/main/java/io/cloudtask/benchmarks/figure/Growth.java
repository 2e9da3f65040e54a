package io.cloudtask.benchmarks.figure;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How the cost of something grows with its size.
 *
 * @param size what the size counts, such as {@code jobs}
 * @param unit of the cost
 * @param points at least two, of different sizes
 */
public record Growth(String name, String size, String unit, List<Point> points) {
  /** What one size costs. Both are above 0. */
  public record Point(double size, double cost) {}

  public Growth {
    points = List.copyOf(points);
    if (points.stream().mapToDouble(Point::size).distinct().count() < 2) {
      throw new IllegalArgumentException(name + " was measured at one size only");
    }
  }

  /**
   * The exponent e of cost = c * size^e that fits best: the slope of a least squares line through
   * the logarithms. 1 is linear, 0 does not grow.
   */
  @JsonProperty
  public double exponent() {
    return Line.slope(
        points.stream().map(p -> new Line.Point(Math.log(p.size()), Math.log(p.cost()))).toList());
  }
}
