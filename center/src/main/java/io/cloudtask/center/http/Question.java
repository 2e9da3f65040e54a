package io.cloudtask.center.http;

import io.cloudtask.store.Scope;
import java.util.Map;

/**
 * All that the answer of a route may depend on when several callers share it: whoever asks an equal
 * question may see the same. Who they are is not part of it, and so out of reach. Immutable.
 *
 * @param places of the path, by name
 * @param scope what the caller may do here: where they hold one of the roles that the route asks
 *     for
 * @param sight what the caller may look at: where they hold any role
 */
public record Question(Map<String, String> places, Query query, Scope scope, Scope sight) {
  public Question {
    places = Map.copyOf(places);
  }

  /**
   * A named place of the path, as {@link Call#path} says.
   *
   * @throws IllegalArgumentException when the template has no such place
   */
  public String path(String name) {
    String value = places.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no place called " + name);
    }
    return value;
  }

  /**
   * Goes on only when the caller may do this with the jobs of a group.
   *
   * @param unknown the answer when there is nothing there; whoever may not look gets it too, so
   *     that nobody learns by guessing what there is
   * @throws RefusedException with that answer, or with 403 for whoever may only look
   */
  public void require(String runtime, String group, Refusal unknown) {
    if (!sight.covers(runtime, group)) {
      throw new RefusedException(unknown);
    }
    if (!scope.covers(runtime, group)) {
      throw new RefusedException(Refusal.forbidden());
    }
  }
}
