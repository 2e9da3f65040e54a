package io.cloudtask.cli;

import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import java.util.EnumMap;
import java.util.Map;

/** What an apply does, as a person reads it. Pure. */
final class Plan {
  private static final String PLAIN = "\u001b[0m";

  private Plan() {}

  static String render(ApplyResult result, boolean colours) {
    StringBuilder text = new StringBuilder();
    Map<Action, Integer> counts = new EnumMap<>(Action.class);
    for (ApplyResult.Step step : result.steps()) {
      counts.merge(step.action(), 1, Integer::sum);
      append(text, step, colours);
    }
    text.append(result.applied() ? "applied: " : "dry run, nothing applied: ");
    return text.append(summary(counts)).append('\n').toString();
  }

  private static void append(StringBuilder text, ApplyResult.Step step, boolean colours) {
    String name = step.runtime() + '/' + step.group() + '/' + step.name();
    String line = word(step.action()) + ' ' + Text.line(name);
    text.append(colours ? colour(step.action()) + line + PLAIN : line);
    if (step.jobid() != null) {
      text.append("  ").append(Text.line(step.jobid()));
    }
    text.append('\n');
    for (ApplyResult.Change change : step.changes()) {
      text.append("    ").append(Text.line(change.field())).append(": ");
      text.append(shown(change.before())).append(" -> ").append(shown(change.after()));
      text.append('\n');
    }
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : Text.line(value.replace("\n", "\\n"));
  }

  private static String summary(Map<Action, Integer> counts) {
    return counts.getOrDefault(Action.CREATE, 0)
        + " created, "
        + counts.getOrDefault(Action.CHANGE, 0)
        + " changed, "
        + counts.getOrDefault(Action.REMOVE, 0)
        + " removed, "
        + counts.getOrDefault(Action.UNCHANGED, 0)
        + " unchanged";
  }

  private static String word(Action action) {
    return switch (action) {
      case CREATE -> "+ create   ";
      case CHANGE -> "~ change   ";
      case REMOVE -> "- remove   ";
      case UNCHANGED -> "= unchanged";
    };
  }

  private static String colour(Action action) {
    return switch (action) {
      case CREATE -> "\u001b[32m";
      case CHANGE -> "\u001b[33m";
      case REMOVE -> "\u001b[31m";
      case UNCHANGED -> "\u001b[2m";
    };
  }
}
