package io.cloudtask.store;

import io.cloudtask.model.rest.JobState;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to show, in which order; null means any.
 *
 * @param filter which
 * @param order by what
 * @param offset how many to pass over
 * @param limit 1 to 1000
 * @param after {@link JobList#next} of the part before, in the order PLACE
 */
public record JobSearch(
    Filter filter, Order order, boolean descending, int offset, int limit, @Nullable String after) {

  /**
   * Which.
   *
   * @param scope of those that may be seen
   * @param runtime exactly
   * @param group exactly
   * @param name a part of the name, in any case of letters
   * @param text a part of the name or the group, or the beginning of the id
   * @param owner who made it or changed it last
   */
  public record Filter(
      Scope scope,
      @Nullable String runtime,
      @Nullable String group,
      @Nullable JobState state,
      @Nullable String name,
      @Nullable String text,
      @Nullable String owner) {
    /** Every job. */
    public static Filter all(Scope scope) {
      return new Filter(scope, null, null, null, null, null, null);
    }

    /** Those of a state. */
    public static Filter of(Scope scope, JobState state) {
      return new Filter(scope, null, null, state, null, null, null);
    }
  }

  /** By what jobs are sorted; those that are equal come in the order of their place. */
  public enum Order {
    /** Runtime, group, name. */
    PLACE(""),
    NAME("j.name"),
    GROUP("j.grp"),
    EXECAT("s.execat"),
    EDITAT("j.editat"),
    STATE(JobFilter.STATE);

    final String column;

    Order(String column) {
      this.column = column;
    }
  }

  public JobSearch {
    if (limit < 1 || limit > JobQuery.MAX || offset < 0) {
      throw new IllegalArgumentException("offset is " + offset + ", limit is " + limit);
    }
  }
}
