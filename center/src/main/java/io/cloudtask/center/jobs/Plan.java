package io.cloudtask.center.jobs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.store.JobRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done so that a group holds what a file says. Pure.
 *
 * @param steps one per job, in the order of the file, removals last
 */
record Plan(List<Step> steps) {
  /** One job. */
  sealed interface Step {
    record Create(JobDefinition wanted) implements Step {}

    record Change(JobRow current, JobDefinition wanted) implements Step {}

    record Remove(JobRow current) implements Step {}

    record Unchanged(JobRow current) implements Step {}
  }

  Plan {
    steps = List.copyOf(steps);
  }

  /**
   * Compares.
   *
   * @param current every job of the file's runtime and group
   * @param prune whether jobs that the file does not name are removed
   */
  static Plan of(List<JobRow> current, JobFile file, boolean prune) {
    Map<String, JobRow> byName =
        current.stream()
            .collect(Collectors.toMap(row -> row.definition().name(), Function.identity()));
    List<Step> steps = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (JobDefinition wanted : file.jobs()) {
      named.add(wanted.name());
      JobRow row = byName.get(wanted.name());
      if (row == null) {
        steps.add(new Step.Create(wanted));
      } else if (row.definition().equals(wanted)) {
        steps.add(new Step.Unchanged(row));
      } else {
        steps.add(new Step.Change(row, wanted));
      }
    }
    if (prune) {
      current.stream()
          .filter(row -> !named.contains(row.definition().name()))
          .forEach(row -> steps.add(new Step.Remove(row)));
    }
    return new Plan(steps);
  }

  /** Whether there is nothing to do. */
  boolean isDone() {
    return steps.stream().allMatch(Step.Unchanged.class::isInstance);
  }

  /** A step as people are shown it; {@code jobid} is null for a job that is not there yet. */
  static ApplyResult.Step shown(Step step) {
    return switch (step) {
      case Step.Create(JobDefinition wanted) -> shown(Action.CREATE, null, wanted, List.of());
      case Step.Change(JobRow row, JobDefinition wanted) ->
          shown(Action.CHANGE, row.jobid(), wanted, Differences.of(row.definition(), wanted));
      case Step.Remove(JobRow row) ->
          shown(Action.REMOVE, row.jobid(), row.definition(), List.of());
      case Step.Unchanged(JobRow row) ->
          shown(Action.UNCHANGED, row.jobid(), row.definition(), List.of());
    };
  }

  static ApplyResult.Step shown(
      Action action, @Nullable String jobid, JobDefinition job, List<ApplyResult.Change> changes) {
    return new ApplyResult.Step(action, jobid, job.runtime(), job.group(), job.name(), changes);
  }
}
