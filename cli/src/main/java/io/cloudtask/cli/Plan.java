package io.cloudtask.cli;

import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import java.util.EnumMap;
import java.util.List;
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
    step.changes().forEach(change -> append(text, change));
  }

  private static void append(StringBuilder text, ApplyResult.Change change) {
    text.append("    ").append(Text.line(change.field())).append(':');
    if (change.before().contains("\n") || change.after().contains("\n")) {
      text.append('\n');
      lines(text, change.before().lines().toList(), change.after().lines().toList());
    } else {
      text.append(' ').append(shown(change.before()));
      text.append(" -> ").append(shown(change.after())).append('\n');
    }
  }

  /**
   * Old and new lines; of what they have in common at their beginning and end one line is shown.
   */
  private static void lines(StringBuilder text, List<String> before, List<String> after) {
    int shorter = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.reversed().get(tail).equals(after.reversed().get(tail))) {
      tail++;
    }
    lines(text, ' ', before.subList(Math.max(0, head - 1), head));
    lines(text, '-', before.subList(head, before.size() - tail));
    lines(text, '+', after.subList(head, after.size() - tail));
    lines(text, ' ', after.subList(after.size() - tail, after.size() - tail + Math.min(1, tail)));
  }

  private static void lines(StringBuilder text, char mark, List<String> lines) {
    lines.forEach(line ->
        text.append("      ").append(mark).append(' ').append(Text.line(line)).append('\n'));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : Text.line(value);
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
