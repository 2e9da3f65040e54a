package io.cloudtask.store;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list; null means any.
 *
 * @param scope of those that may be seen
 * @param runtime exactly
 * @param group exactly
 * @param name a part of the name, in any case of letters
 * @param limit 1 to 1000
 * @param after {@code next} of the page before; {@link Jobs#list} throws {@link
 *     IllegalArgumentException} for anything else
 */
public record JobQuery(
    Scope scope,
    @Nullable String runtime,
    @Nullable String group,
    @Nullable String name,
    int limit,
    @Nullable String after) {
  /** Largest page. */
  public static final int MAX = 1000;

  public JobQuery {
    if (limit < 1 || limit > MAX) {
      throw new IllegalArgumentException("limit is " + limit + "; allowed is 1 to " + MAX);
    }
  }
}
