package io.cloudtask.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with one definition: the first message of each field, in the order found. */
final class Problems {
  private static final int LONGEST_QUOTE = 60;

  private final Map<String, ScheduleProblem> byField = new LinkedHashMap<>();

  void add(String field, String message) {
    byField.putIfAbsent(field, new ScheduleProblem(field, message));
  }

  boolean none() {
    return byField.isEmpty();
  }

  List<ScheduleProblem> list() {
    return List.copyOf(byField.values());
  }

  /** Text from outside as it may stand in a message: quoted, and cut when it is long. */
  static String quote(String text) {
    return text.length() <= LONGEST_QUOTE
        ? '"' + text + '"'
        : '"' + text.substring(0, LONGEST_QUOTE) + "...\"";
  }
}
