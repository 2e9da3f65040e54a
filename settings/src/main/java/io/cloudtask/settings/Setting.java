package io.cloudtask.settings;

import java.util.List;
import java.util.stream.Stream;

/**
 * What somebody wrote for a key.
 *
 * @param key with its sections, such as {@code cluster.pulse}
 * @param values one, or those of a list
 * @param list whether it was written as a list
 * @param where it was written, in words
 */
record Setting(String key, List<String> values, boolean list, String where) {
  Setting {
    values = List.copyOf(values);
  }

  /** Whether it is one value, without control characters. */
  boolean isPlain() {
    return !list && values.getFirst().chars().noneMatch(Character::isISOControl);
  }

  /** The values of a list, also where it was written as a text with commas. */
  List<String> items() {
    return list ? values : Stream.of(values.getFirst().split(",", -1)).map(String::strip).toList();
  }

  String shown() {
    String text = list ? values.toString() : '"' + values.getFirst() + '"';
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
