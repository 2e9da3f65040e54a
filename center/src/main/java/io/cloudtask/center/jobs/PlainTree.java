package io.cloudtask.center.jobs;

import java.util.List;
import java.util.Map;

/** Makes a tree of plain objects, as if they had been read from a text. */
final class PlainTree {
  private PlainTree() {}

  /**
   * @param value maps, lists, texts, whole numbers and flags
   */
  static Located of(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          new Located.Mapping(
              map.entrySet().stream()
                  .map(entry ->
                      new Located.Entry(
                          String.valueOf(entry.getKey()), Place.UNKNOWN, of(entry.getValue())))
                  .toList(),
              Place.UNKNOWN);
      case List<?> list ->
          new Located.Sequence(list.stream().map(PlainTree::item).toList(), Place.UNKNOWN);
      case Number number -> scalar(Located.Kind.NUMBER, number);
      case Boolean flag -> scalar(Located.Kind.FLAG, flag);
      case String text -> scalar(Located.Kind.TEXT, text);
      default -> throw new IllegalArgumentException("no plain value: " + value.getClass());
    };
  }

  private static Located item(Object value) {
    return of(value);
  }

  private static Located scalar(Located.Kind kind, Object value) {
    return new Located.Scalar(kind, value.toString(), Place.UNKNOWN);
  }
}
