package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying a job file does, or did.
 *
 * @param applied false for a dry run
 * @param steps one per job, in the order of the file, removals last
 */
public record ApplyResult(boolean applied, List<Step> steps) {
  /** What happens to a job. */
  public enum Action {
    CREATE,
    CHANGE,
    REMOVE,
    UNCHANGED
  }

  /**
   * One job.
   *
   * @param jobid null for a job that a dry run would create
   * @param changes only for CHANGE: field by field
   */
  public record Step(
      Action action,
      @Nullable String jobid,
      String runtime,
      String group,
      String name,
      List<Change> changes) {}

  /**
   * One field, old and new as text; "" for one that was not there, or is not any more. Of the
   * environment no values are told, only that they change.
   */
  public record Change(String field, String before, String after) {}
}
