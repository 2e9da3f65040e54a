package io.cloudtask.benchmarks.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Results as text for people: tables in the manner of Markdown, which a terminal shows as well. */
public final class Page {
  private Page() {}

  /** The figures, in the order in which they were taken. */
  public static String figures(List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("figure", "median", "p99", "unit", "n", "limit", "ratio", "goal", "met", "note"));
    figures.forEach(figure -> rows.add(row(figure)));
    return table(rows);
  }

  private static List<String> row(Figure figure) {
    Figure.Limit limit = figure.limit();
    Goal goal = figure.goal();
    Double ratio = figure.ratio();
    Boolean met = figure.met();
    return List.of(
        figure.name(),
        Numbers.shortly(figure.median()),
        Numbers.shortly(figure.p99()),
        figure.unit(),
        Integer.toString(figure.samples()),
        limit == null ? "" : Numbers.shortly(limit.value()) + " " + limit.what(),
        ratio == null ? "" : Numbers.shortly(ratio),
        goal == null ? "" : goal.words(),
        met == null ? "" : met ? "yes" : "NO",
        figure.note());
  }

  /** How costs grow. */
  public static String growth(List<Growth> growth) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("cost", "unit", "by size", "exponent"));
    for (Growth each : growth) {
      String points =
          each.points().stream()
              .map(p -> Numbers.shortly(p.size()) + ": " + Numbers.shortly(p.cost()))
              .collect(Collectors.joining(", "));
      rows.add(
          List.of(
              each.name(),
              each.unit(),
              each.size() + " " + points,
              String.format(java.util.Locale.ROOT, "%.2f", each.exponent())));
    }
    return table(rows);
  }

  /** What got worse since an earlier run. */
  public static String worse(List<Comparison.Worse> worse) {
    if (worse.isEmpty()) {
      return "nothing got worse by more than a third as a ratio to its limit\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("got worse", "ratio before", "ratio now", "by"));
    worse.forEach(each ->
        rows.add(
            List.of(
                each.name(),
                Numbers.shortly(each.before()),
                Numbers.shortly(each.now()),
                "x " + Numbers.shortly(each.factor()))));
    return table(rows);
  }

  private static String table(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      text.append(line(rows.get(r), widths));
      if (r == 0) {
        text.append(
            IntStream.of(widths)
                .mapToObj("-"::repeat)
                .collect(Collectors.joining(" | ", "| ", " |\n")));
      }
    }
    return text.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
