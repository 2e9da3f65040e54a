package io.cloudtask.e2e;

import io.cloudtask.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts something else where a request has a value: every value of it, one at a time. */
final class WrongValues {
  /** As they stand in JSON. */
  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1.5",
          "1000000000000000000",
          "9".repeat(90),
          "1e400",
          "1e999999999",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"../../x\"",
          "\"a\\nb\"",
          "\"<img src=x onerror=alert(1)>\"",
          "\"\\u202e\\u001b[2J\"",
          "\"%s\"".formatted("x".repeat(70_000)),
          "\"+999999999-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"0000000000000000000000000000000g\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"a\":null}",
          "[".repeat(1000) + "]".repeat(1000),
          "nonsense");

  /** As they stand in a path or after the question mark. */
  private static final List<String> ESCAPED =
      List.of(
          "",
          "%20",
          "%00",
          "%0d%0aX:%20y",
          "..",
          "%2e%2e",
          "..%2f..%2fetc",
          "a%5cb",
          "%ff",
          "%zz",
          "%ed%a0%80",
          "%f0%9f%98%80",
          "-1",
          "0",
          "1000000000000000000",
          "99999999999999999999",
          "%2B999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "x".repeat(300),
          "x".repeat(5000),
          "[]",
          "'%20or%201=1--",
          "true",
          "a,b,,",
          "%3Cimg%20src=x%20onerror=alert(1)%3E",
          "MTIz",
          "000000000000000000000000",
          "00000000000000000000000000000000",
          "00000000-0000-0000-0000-000000000000");

  /** As they stand in a header. */
  private static final List<String> HEADERS =
      List.of(
          "",
          "\0",
          "\u00ff\u00fe",
          "\u0001\u007f",
          "*",
          "-1",
          "\"1",
          "W/\"\"",
          "\"" + "9".repeat(90) + "\"",
          "a,b;c=d,,",
          "<img src=x onerror=alert(1)>",
          "x".repeat(300),
          "x".repeat(5000));

  private WrongValues() {}

  /** The bodies that come of a JSON body. */
  static Stream<byte[]> bodies(byte[] json) {
    JsonNode root = Json.MAPPER.readTree(json);
    List<String> templates = new ArrayList<>();
    walk(root, root, templates);
    templates.add("\"@@\"");
    return templates.stream()
        .flatMap(template -> JSON.stream().map(wrong -> template.replace("\"@@\"", wrong)))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static void walk(JsonNode root, JsonNode here, List<String> templates) {
    if (here instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode value = object.get(name);
        object.put(name, "@@");
        templates.add(root.toString());
        object.set(name, value);
        walk(root, value, templates);
      }
    } else if (here instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        array.set(i, "@@");
        templates.add(root.toString());
        array.set(i, value);
        walk(root, value, templates);
      }
    }
  }

  /**
   * The targets that come of a request's: each value in its path and its query replaced in turn.
   */
  static Stream<String> targets(RawRequest request) {
    String target = request.target();
    List<String> templates = new ArrayList<>();
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question);
    String[] segments = path.substring(1).split("/", -1);
    String[] names =
        request.route().isEmpty() ? segments : request.route().substring(1).split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      if (request.route().isEmpty() || names[i].startsWith("{")) {
        String[] other = segments.clone();
        other[i] = "@@";
        templates.add('/' + String.join("/", other) + query);
      }
    }
    String[] parameters = query.isEmpty() ? new String[0] : query.substring(1).split("&", -1);
    for (int i = 0; i < parameters.length; i++) {
      String[] other = parameters.clone();
      other[i] = parameters[i].replaceFirst("=.*", "=@@");
      templates.add(path + '?' + String.join("&", other));
    }
    return templates.stream()
        .flatMap(template -> ESCAPED.stream().map(wrong -> template.replace("@@", wrong)));
  }

  /** The same request with a wrong value in each header in turn. */
  static Stream<RawRequest> headers(RawRequest request) {
    return request.headers().keySet().stream()
        .flatMap(name -> HEADERS.stream().map(wrong -> request.with(name, wrong)));
  }
}
