package io.cloudtask.benchmarks.figure;

import java.util.List;

/** The straight line that fits points best, by least squares. */
public final class Line {
  /** A point that it is to go through. */
  public record Point(double x, double y) {}

  private Line() {}

  /**
   * How much y grows with x.
   *
   * @param points at least two, of different x
   */
  public static double slope(List<Point> points) {
    double x = points.stream().mapToDouble(Point::x).average().orElseThrow();
    double y = points.stream().mapToDouble(Point::y).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (Point point : points) {
      covariance += (point.x() - x) * (point.y() - y);
      variance += (point.x() - x) * (point.x() - x);
    }
    return covariance / variance;
  }
}
