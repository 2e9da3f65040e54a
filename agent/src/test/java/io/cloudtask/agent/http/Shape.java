package io.cloudtask.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Names, order and types of a JSON text, without its values. */
final class Shape {
  private Shape() {}

  /** One line for each value: its path and its type, in the order of the text. */
  static List<String> of(JsonNode json) {
    List<String> lines = new ArrayList<>();
    collect("", json, lines);
    return lines;
  }

  private static void collect(String path, JsonNode json, List<String> lines) {
    lines.add(path + ": " + json.getNodeType());
    if (json.isObject()) {
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        collect(path + "." + field.getKey(), field.getValue(), lines);
      }
    } else if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        collect(path + "[" + i + "]", json.get(i), lines);
      }
    }
  }
}
