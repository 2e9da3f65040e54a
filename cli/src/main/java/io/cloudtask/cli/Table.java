package io.cloudtask.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under headings, fitted to the width of a terminal when there is one: first what its reader
 * can best do without is left out, then what may be cut is cut. Not thread-safe.
 */
final class Table {
  private static final String GAP = "  ";

  /**
   * A column.
   *
   * @param least how many characters of its cells have to be seen
   * @param spare what is left out first has the greatest; 0 is always shown
   */
  record Column(String heading, int least, int spare) {
    /** One whose cells are never cut: half an id is of no use. */
    static Column of(String heading) {
      return new Column(heading, Integer.MAX_VALUE, 0);
    }

    Column cutTo(int characters) {
      return new Column(heading, characters, spare);
    }

    Column spare(int rank) {
      return new Column(heading, least, rank);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  void add(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + columns);
    }
    rows.add(Arrays.stream(cells).map(Text::line).toList());
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * The text, each line ended.
   *
   * @param available characters in a line; 0 for as many as it takes
   */
  String render(int available) {
    int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
    List<Integer> shown = new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
    if (available > 0) {
      leaveOut(shown, widths, available);
      cut(shown, widths, available);
    }
    StringBuilder text = new StringBuilder();
    append(text, columns.stream().map(Column::heading).toList(), shown, widths);
    rows.forEach(row -> append(text, row, shown, widths));
    return text.toString();
  }

  private int width(int column) {
    int cells = rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    return Math.max(columns.get(column).heading().length(), cells);
  }

  private void leaveOut(List<Integer> shown, int[] widths, int available) {
    int[] least = IntStream.range(0, widths.length).map(i -> least(i, widths[i])).toArray();
    while (total(shown, least) > available) {
      int most =
          shown.stream().max(Comparator.comparingInt(i -> columns.get(i).spare())).orElseThrow();
      if (columns.get(most).spare() == 0) {
        return;
      }
      shown.remove(Integer.valueOf(most));
    }
  }

  /** Takes from the widest column until all fit. */
  private void cut(List<Integer> shown, int[] widths, int available) {
    while (total(shown, widths) > available) {
      int widest =
          shown.stream()
              .filter(i -> widths[i] > least(i, widths[i]))
              .max(Comparator.comparingInt(i -> widths[i]))
              .orElse(-1);
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private int least(int column, int width) {
    Column it = columns.get(column);
    return Math.min(width, Math.max(it.heading().length(), it.least()));
  }

  private static int total(List<Integer> shown, int[] widths) {
    return shown.stream().mapToInt(i -> widths[i]).sum() + GAP.length() * (shown.size() - 1);
  }

  private static void append(
      StringBuilder text, List<String> cells, List<Integer> shown, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i : shown) {
      String cell = cut(cells.get(i), widths[i]);
      line.append(cell).repeat(' ', widths[i] - length(cell)).append(GAP);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
