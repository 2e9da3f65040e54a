package io.cloudtask.store;

import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to show; null (or an empty set) means any.
 *
 * @param about of which jobs
 * @param agentkey where
 * @param from the first fire time (for a run by hand: when it was asked for)
 * @param to the end, itself not included
 * @param ascending the oldest first
 * @param limit 1 to 1000
 * @param after {@code next} of the page before
 */
public record RunSearch(
    About about,
    @Nullable String agentkey,
    Set<RunState> states,
    Set<Trigger> triggers,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean ascending,
    int limit,
    @Nullable String after) {

  /**
   * Of which jobs; also of those that were deleted.
   *
   * @param scope of the jobs whose runs may be seen
   */
  public record About(
      Scope scope, @Nullable String jobid, @Nullable String runtime, @Nullable String group) {
    /** Of any that may be seen. */
    public static About any(Scope scope) {
      return new About(scope, null, null, null);
    }

    /** Of one job, for who knows that it may be seen. */
    public static About job(String jobid) {
      return new About(Scope.EVERYTHING, jobid, null, null);
    }
  }

  public RunSearch {
    states = Set.copyOf(states);
    triggers = Set.copyOf(triggers);
    // One more than anybody is shown tells whether there are more.
    if (limit < 1 || limit > RunQuery.MAX + 1) {
      throw new IllegalArgumentException("limit is " + limit);
    }
  }

  /** The newest of some states. */
  public static RunSearch newest(About about, Set<RunState> states, int limit) {
    return new RunSearch(about, null, states, Set.of(), null, null, false, limit, null);
  }

  /** The newest of a job in a span of time. */
  public static RunSearch of(String jobid, Instant from, Instant to, int limit) {
    return new RunSearch(About.job(jobid), null, Set.of(), Set.of(), from, to, false, limit, null);
  }
}
