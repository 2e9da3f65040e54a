package io.cloudtask.center.access;

import io.cloudtask.store.Scope;
import java.util.Optional;

/**
 * A role, and what it holds for.
 *
 * @param scope {@link #EVERYTHING}, a runtime, or {@code runtime/group}; names have no slash
 */
public record Grant(Role role, String scope) {
  /** The scope of what holds for every object, also for those that come to be later. */
  public static final String EVERYTHING = "";

  /** The group that it holds for; empty when it holds for more. */
  Optional<Scope.Group> group() {
    int slash = scope.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(new Scope.Group(scope.substring(0, slash), scope.substring(slash + 1)));
  }
}
