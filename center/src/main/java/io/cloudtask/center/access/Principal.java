package io.cloudtask.center.access;

import io.cloudtask.store.Scope;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who asks. What they may do is decided by their grants alone, here and nowhere else: a role that
 * is asked about has to be held on the very object, on its runtime, or on everything.
 *
 * @param name shown in the record of who changed what
 * @param mustchange whether somebody else knows the password, so that another one has to be chosen
 *     before anything else is done
 */
public record Principal(String name, Kind kind, Set<Grant> grants, boolean mustchange) {
  /** How a caller is known. */
  public enum Kind {
    /** By an account. */
    PERSON,
    /** By an API token. */
    TOKEN,
    /** By the cluster token: another node. */
    CLUSTER,
    /** By sitting on this machine. */
    LOCAL,
    /** Not at all: the port is open to everybody who can reach it. */
    ANYONE
  }

  /**
   * A caller on this machine without a token; only routes that say so open to it. It starts and
   * stops jobs there, as deployed programs do.
   */
  public static final Principal LOCAL = everywhere("local", Kind.LOCAL, Set.of(Role.OPERATOR));

  public Principal {
    grants = Set.copyOf(grants);
  }

  /** Somebody whose roles hold for everything. */
  public static Principal everywhere(String name, Kind kind, Set<Role> roles) {
    return new Principal(
        name,
        kind,
        roles.stream()
            .map(role -> new Grant(role, Grant.EVERYTHING))
            .collect(Collectors.toUnmodifiableSet()),
        false);
  }

  /** What one of the roles is held on. */
  public Scope scope(Set<Role> roles) {
    Set<String> runtimes = new HashSet<>();
    Set<Scope.Group> groups = new HashSet<>();
    for (Grant grant : grants) {
      if (roles.contains(grant.role())) {
        if (grant.scope().equals(Grant.EVERYTHING)) {
          return Scope.EVERYTHING;
        }
        grant.group().ifPresentOrElse(groups::add, () -> runtimes.add(grant.scope()));
      }
    }
    return Scope.of(user(), runtimes, groups);
  }

  /** For whom the caller acts: the token of a user is called {@code user/token}. */
  private String user() {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** Whether one of the roles is held on everything. */
  public boolean mayEverywhere(Set<Role> roles) {
    return grants.stream()
        .anyMatch(g -> roles.contains(g.role()) && g.scope().equals(Grant.EVERYTHING));
  }

  /** Whether one of the roles is held on anything. */
  public boolean mayAnywhere(Set<Role> roles) {
    return grants.stream().anyMatch(grant -> roles.contains(grant.role()));
  }

  /** Whether one of the roles is held on the jobs of a group. */
  public boolean may(Set<Role> roles, String runtime, String group) {
    return scope(roles).covers(runtime, group);
  }
}
