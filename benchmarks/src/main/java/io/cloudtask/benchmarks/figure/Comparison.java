package io.cloudtask.benchmarks.figure;

import io.cloudtask.benchmarks.figure.Figure.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds figures against those of an earlier run. Machines differ, so ratios to limits are compared,
 * not figures; what has no limit is left out.
 */
public final class Comparison {
  private static final double THIRD = 4.0 / 3;

  /** A figure that got worse by more than a third. */
  public record Worse(String name, double before, double now, double factor) {}

  private Comparison() {}

  /** What got worse, the worst first. */
  public static List<Worse> worse(Results before, Results now) {
    Map<String, Figure> earlier =
        before.figures().stream()
            .collect(Collectors.toMap(Figure::name, Function.identity(), (first, _) -> first));
    List<Worse> worse = new ArrayList<>();
    for (Figure figure : now.figures()) {
      Figure old = earlier.get(figure.name());
      Double was = old == null ? null : old.ratio();
      Double is = figure.ratio();
      if (was != null && is != null) {
        double factor = figure.better() == Better.LOWER ? is / was : was / is;
        if (factor > THIRD) {
          worse.add(new Worse(figure.name(), was, is, factor));
        }
      }
    }
    worse.sort((a, b) -> Double.compare(b.factor(), a.factor()));
    return List.copyOf(worse);
  }
}
