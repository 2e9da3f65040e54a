package io.cloudtask.schedule;

import java.util.List;

/** What became of a definition: a schedule, or the reasons why it is none. */
public sealed interface Compiled {
  /** A schedule that fires at least once in its life (which may lie in the past). */
  record Valid(Schedule schedule) implements Compiled {}

  /** Refused; {@code problems} is never empty and names each field once. */
  record Invalid(List<ScheduleProblem> problems) implements Compiled {}
}
