package io.cloudtask.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, cut to the width of a terminal when there is one. Not thread-safe. */
final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  void add(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + headings);
    }
    rows.add(Arrays.stream(cells).map(Text::line).toList());
  }

  /**
   * The text, each line ended.
   *
   * @param columns available; 0 for as many as it takes
   */
  String render(int columns) {
    int[] widths = new int[headings.size()];
    int[] least = new int[widths.length];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      least[i] = headings.get(i).length();
      widths[i] =
          Math.max(least[i], rows.stream().mapToInt(r -> length(r.get(column))).max().orElse(0));
    }
    if (columns > 0) {
      shrink(widths, least, columns - GAP.length() * (widths.length - 1));
    }
    StringBuilder text = new StringBuilder();
    append(text, headings, widths);
    rows.forEach(row -> append(text, row, widths));
    return text.toString();
  }

  /** Takes from the widest column until all fit, but no heading is ever cut. */
  private static void shrink(int[] widths, int[] least, int available) {
    while (Arrays.stream(widths).sum() > available) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
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
