package io.cloudtask.store;

import java.time.Instant;
import java.util.Set;

/**
 * A token, without the token.
 *
 * @param name unique, for people
 * @param roles lower case, for example {@code admin}
 * @param scope what the roles hold for: "" everything, or a runtime
 */
public record TokenRow(String name, Set<String> roles, String scope, Instant createat) {
  public TokenRow {
    roles = Set.copyOf(roles);
  }
}
