package io.cloudtask.center.access;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name shown in the record of who changed what
 * @param roles none for a caller who is known only by sitting on this machine
 */
public record Principal(String name, Set<Role> roles) {
  /** A caller on this machine without a token; may use only routes that say so. */
  public static final Principal LOCAL = new Principal("local", Set.of());

  public Principal {
    roles = Set.copyOf(roles);
  }

  /** Whether this caller holds one of the roles. */
  public boolean hasAny(Set<Role> allowed) {
    return roles.stream().anyMatch(allowed::contains);
  }
}
