package io.cloudtask.center.access;

/**
 * A role, and what it holds for.
 *
 * @param scope {@link #EVERYTHING}, a runtime, or {@code runtime/group}; names have no slash
 */
public record Grant(Role role, String scope) {
  /** The scope of what holds for every object, also for those that come to be later. */
  public static final String EVERYTHING = "";

  /** Whether it holds for the jobs of a group. */
  boolean covers(String runtime, String group) {
    return coversAll(runtime) || scope.equals(runtime + '/' + group);
  }

  /** Whether it holds for a runtime as a whole. */
  boolean coversAll(String runtime) {
    return scope.equals(EVERYTHING) || scope.equals(runtime);
  }

  /** Whether it holds for a runtime or a part of it. */
  boolean reaches(String runtime) {
    return coversAll(runtime) || scope.startsWith(runtime + '/');
  }
}
