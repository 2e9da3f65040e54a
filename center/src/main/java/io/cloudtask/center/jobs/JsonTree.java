package io.cloudtask.center.jobs;

import io.cloudtask.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/** Reads JSON. YAML nearly contains it, but not its tabs, long keys and surrogate escapes. */
final class JsonTree {
  private final TreeBuilder builder;
  private final JsonParser parser;

  private JsonTree(JsonParser parser, TreeBuilder builder) {
    this.parser = parser;
    this.builder = builder;
  }

  /** Whether a text is meant to be JSON. */
  static boolean begins(String text) {
    String start = text.stripLeading();
    return start.startsWith("{")
        && (start.substring(1).stripLeading().startsWith("\"")
            || start.substring(1).stripLeading().startsWith("}"));
  }

  static Located read(String text, TreeBuilder builder) throws SyntaxProblem {
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      JsonTree tree = new JsonTree(parser, builder);
      parser.nextToken();
      Located root = tree.node("", 1);
      if (parser.nextToken() != null) {
        throw new SyntaxProblem(tree.place(), "something follows the end of the JSON");
      }
      return root;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      Place place = at == null ? Place.UNKNOWN : new Place(at.getLineNr(), at.getColumnNr());
      throw new SyntaxProblem(place, "is not JSON: " + firstLine(e.getOriginalMessage()));
    }
  }

  private Located node(String path, int depth) throws SyntaxProblem {
    Place place = place();
    builder.enter(depth, place);
    builder.count(1, place);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> mapping(path, place, depth);
      case START_ARRAY -> sequence(path, place, depth);
      case VALUE_STRING -> new Located.Scalar(Located.Kind.TEXT, parser.getString(), place);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Located.Scalar(Located.Kind.NUMBER, parser.getString(), place);
      case VALUE_TRUE, VALUE_FALSE ->
          new Located.Scalar(Located.Kind.FLAG, parser.getString(), place);
      case VALUE_NULL -> new Located.Scalar(Located.Kind.NOTHING, "", place);
      case null, default -> throw new SyntaxProblem(place, "the JSON ends too early");
    };
  }

  private Located sequence(String path, Place place, int depth) throws SyntaxProblem {
    List<Located> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]", depth + 1));
    }
    return new Located.Sequence(items, place);
  }

  private Located mapping(String path, Place place, int depth) throws SyntaxProblem {
    List<Located.Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place keyPlace = place();
      parser.nextToken();
      entries.add(new Located.Entry(key, keyPlace, node(TreeBuilder.join(path, key), depth + 1)));
    }
    return builder.mapping(path, entries, place);
  }

  private Place place() {
    TokenStreamLocation at = parser.currentTokenLocation();
    return new Place(at.getLineNr(), at.getColumnNr());
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
