package io.cloudtask.center.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with named places, such as {@code /api/v1/runs/{runid}}. Immutable. */
public final class PathTemplate implements Comparable<PathTemplate> {
  private final String text;
  private final List<String> segments;

  private PathTemplate(String text, List<String> segments) {
    this.text = text;
    this.segments = segments;
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it does not begin with a slash
   */
  public static PathTemplate of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with /: " + text);
    }
    return new PathTemplate(text, List.of(text.substring(1).split("/", -1)));
  }

  /**
   * Matches decoded segments.
   *
   * @return the named places; empty when this is another path
   */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> places = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (isPlace(segment)) {
        places.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(places);
  }

  /** The same for two templates that match the same paths, whatever their places are called. */
  String shape() {
    List<String> shape = new ArrayList<>();
    segments.forEach(segment -> shape.add(isPlace(segment) ? "{}" : segment));
    return "/" + String.join("/", shape);
  }

  private static boolean isPlace(String segment) {
    return segment.startsWith("{");
  }

  /** Literal segments come before places, so that the first match is the closest one. */
  @Override
  public int compareTo(PathTemplate other) {
    for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
      int order = Boolean.compare(isPlace(segments.get(i)), isPlace(other.segments.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathTemplate template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
