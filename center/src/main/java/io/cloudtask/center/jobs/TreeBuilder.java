package io.cloudtask.center.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules that hold for every tree, whatever it was written in. */
final class TreeBuilder {
  /** Deepest nesting; a job file needs six levels. */
  static final int MAX_DEPTH = 32;

  /** Most values, those behind aliases counted each time that they are named. */
  static final long MAX_WEIGHT = 500_000;

  private final Findings findings;
  private long weight;

  TreeBuilder(Findings findings) {
    this.findings = findings;
  }

  void enter(int depth, Place place) throws SyntaxProblem {
    if (depth > MAX_DEPTH) {
      throw new SyntaxProblem(place, "is nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  /** Counts what was added to the tree. */
  void count(long more, Place place) throws SyntaxProblem {
    weight += more;
    if (weight > MAX_WEIGHT) {
      throw new SyntaxProblem(
          place,
          "the file has more than " + MAX_WEIGHT + " values; split it, or use fewer aliases");
    }
  }

  /** A mapping in which a key that comes twice was found wanting. */
  Located.Mapping mapping(String path, List<Located.Entry> entries, Place place) {
    Map<String, Place> seen = new HashMap<>();
    List<Located.Entry> kept = new ArrayList<>();
    for (Located.Entry entry : entries) {
      Place first = seen.putIfAbsent(entry.key(), entry.place());
      if (first == null) {
        kept.add(entry);
      } else {
        findings.add(
            join(path, entry.key()),
            entry.place(),
            "the key " + Words.quote(entry.key()) + " stands in line " + first.line() + " already");
      }
    }
    return new Located.Mapping(kept, place);
  }

  static String join(String path, String key) {
    String name = key.length() > 40 ? key.substring(0, 40) + "..." : key;
    return path.isEmpty() ? name : path + "." + name;
  }
}
