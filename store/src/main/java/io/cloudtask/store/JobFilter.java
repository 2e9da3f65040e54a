package io.cloudtask.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Conditions on jobs {@code j} and their states {@code s}, with their arguments. */
final class JobFilter {
  /** A {@link io.cloudtask.model.rest.JobState}. */
  static final String STATE =
      "CASE WHEN s.laststat = 200 THEN 'RUNNING' WHEN j.enabled = 0 THEN 'DISABLED'"
          + " WHEN s.unplaced <> '' THEN 'UNPLACED'"
          + " WHEN s.fault <> '' OR s.laststat = -1 THEN 'FAILED'"
          + " WHEN s.laststat = 201 THEN 'CREATED' ELSE 'IDLE' END";

  static final String FROM = " FROM job j JOIN job_state s ON s.jobid = j.jobid WHERE ";

  private final StringBuilder condition = new StringBuilder("j.deletedat IS NULL");
  private final List<Object> arguments = new ArrayList<>();

  private JobFilter() {}

  /** Everything but the state. */
  static JobFilter of(JobSearch.Filter filter) {
    JobFilter made = new JobFilter();
    made.and(filter.scope().jobs("j.runtime", "j.grp"));
    made.equal("j.runtime", filter.runtime());
    made.equal("j.grp", filter.group());
    if (filter.name() != null) {
      made.and("LOWER(j.name) LIKE ? ESCAPE '!'", part(filter.name()));
    }
    String text = filter.text();
    if (text != null) {
      made.and(
          "(LOWER(j.name) LIKE ? ESCAPE '!' OR LOWER(j.grp) LIKE ? ESCAPE '!'"
              + " OR j.jobid LIKE ? ESCAPE '!')",
          part(text),
          part(text),
          escaped(text) + "%");
    }
    if (filter.owner() != null) {
      made.and("(j.createuser = ? OR j.edituser = ?)", filter.owner(), filter.owner());
    }
    return made;
  }

  /** What LIKE ... ESCAPE '!' takes to find a part of a text that is in lower case. */
  static String part(String text) {
    return "%" + escaped(text) + "%";
  }

  private static String escaped(String text) {
    return text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private void equal(String column, @Nullable String value) {
    if (value != null) {
      and(column + " = ?", value);
    }
  }

  private void and(Scope.Condition more) {
    and(more.sql(), more.arguments().toArray());
  }

  void and(String more, Object... values) {
    condition.append(" AND ").append(more);
    arguments.addAll(List.of(values));
  }

  String sql() {
    return condition.toString();
  }

  Object[] arguments() {
    return arguments.toArray();
  }
}
