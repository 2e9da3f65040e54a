package io.cloudtask.store;

import io.cloudtask.model.run.RunState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; null (or no state) means any.
 *
 * @param scope of the jobs whose runs may be seen
 * @param limit 1 to 1000
 * @param after {@code next} of the page before
 */
public record RunQuery(
    Scope scope,
    @Nullable String jobid,
    Set<RunState> states,
    @Nullable String agentkey,
    int limit,
    @Nullable String after) {
  /** Largest page. */
  public static final int MAX = 1000;

  public RunQuery {
    states = Set.copyOf(states);
    if (limit < 1 || limit > MAX) {
      throw new IllegalArgumentException("limit is " + limit + "; allowed is 1 to " + MAX);
    }
  }
}
