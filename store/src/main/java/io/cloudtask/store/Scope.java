package io.cloudtask.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reader may see: everything, or the jobs of some runtimes and groups and what belongs to
 * them. Queries that answer readers take one.
 *
 * @param reader the user who reads; what they uploaded, also with a token of theirs, they see
 * @param everything whether all else that is said here does not matter
 * @param runtimes seen as a whole
 * @param groups of other runtimes
 */
public record Scope(String reader, boolean everything, Set<String> runtimes, Set<Group> groups) {
  /** A group of a runtime. */
  public record Group(String runtime, String name) {}

  /** All that there is. */
  public static final Scope EVERYTHING = new Scope("", true, Set.of(), Set.of());

  public Scope {
    runtimes = Set.copyOf(runtimes);
    groups = Set.copyOf(groups);
  }

  /** Some runtimes and groups; nothing when both are empty. */
  public static Scope of(String reader, Set<String> runtimes, Set<Group> groups) {
    return new Scope(reader, false, runtimes, groups);
  }

  /** Whether the jobs of a group are seen. */
  public boolean covers(String runtime, String group) {
    return everything || runtimes.contains(runtime) || groups.contains(new Group(runtime, group));
  }

  /** Whether a runtime or a part of it is seen, and with it its agents. */
  public boolean touches(String runtime) {
    return everything || touched().contains(runtime);
  }

  private Set<String> touched() {
    return Stream.concat(runtimes.stream(), groups.stream().map(Group::runtime))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A condition and its arguments. */
  record Condition(String sql, List<Object> arguments) {
    private static final Condition ALWAYS = new Condition("1 = 1", List.of());
    private static final Condition NEVER = new Condition("1 = 0", List.of());

    private static Condition of(String column, Set<String> values) {
      return values.isEmpty()
          ? NEVER
          : new Condition(
              column + " IN (" + Columns.marks(values.size()) + ')', List.copyOf(values));
    }

    private Condition or(Condition other) {
      List<Object> both = new ArrayList<>(arguments);
      both.addAll(other.arguments);
      return new Condition('(' + sql + " OR " + other.sql + ')', both);
    }

    /** These arguments, then more. */
    Object[] with(Object... more) {
      List<Object> all = new ArrayList<>(arguments);
      all.addAll(List.of(more));
      return all.toArray();
    }
  }

  /** On columns (or other expressions) that hold the runtime and the group of a job. */
  Condition jobs(String runtime, String group) {
    if (everything) {
      return Condition.ALWAYS;
    }
    Condition whole = Condition.of(runtime, new TreeSet<>(runtimes));
    if (groups.isEmpty()) {
      return whole;
    }
    List<Object> arguments = new ArrayList<>();
    groups.forEach(g -> arguments.addAll(List.of(g.runtime(), g.name())));
    String pairs = String.join(", ", Collections.nCopies(groups.size(), "(?, ?)"));
    return whole.or(
        new Condition("(%s, %s) IN (VALUES %s)".formatted(runtime, group, pairs), arguments));
  }

  /** On a column that holds the name of a runtime. */
  Condition runtimes(String runtime) {
    return everything ? Condition.ALWAYS : Condition.of(runtime, touched());
  }

  /**
   * On packages {@code p}: those that a job in sight needs, and what the reader uploaded himself.
   */
  Condition packages() {
    if (everything) {
      return Condition.ALWAYS;
    }
    Condition jobs = jobs("o.runtime", "o.grp");
    return new Condition(
            "EXISTS (SELECT 1 FROM job o WHERE o.filename = p.name AND o.filename <> ''"
                + " AND o.deletedat IS NULL AND "
                + jobs.sql()
                + ')',
            jobs.arguments())
        .or(
            new Condition(
                "(p.createuser = ? OR SUBSTR(p.createuser, 1, %d) = ?)"
                    .formatted(reader.length() + 1),
                List.of(reader, reader + '/')));
  }
}
