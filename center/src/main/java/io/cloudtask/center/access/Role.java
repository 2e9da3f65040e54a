package io.cloudtask.center.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a caller may do, on what a {@link Grant} says. Each route names the roles that may use it; a
 * role implies no other.
 */
public enum Role {
  /** Everything that a person can do there. */
  ADMIN,
  /** Defines jobs, starts and stops them. */
  OWNER,
  /** Starts and stops, defines nothing. */
  OPERATOR,
  /** Reads. */
  VIEWER,
  /** Another node of the cluster, known by the cluster token. */
  CLUSTER;

  /** Everybody who may look. */
  public static Set<Role> readers() {
    return EnumSet.of(ADMIN, OWNER, OPERATOR, VIEWER);
  }

  /** Everybody who may start and stop. */
  public static Set<Role> operators() {
    return EnumSet.of(ADMIN, OWNER, OPERATOR);
  }

  /** Everybody who may define. */
  public static Set<Role> editors() {
    return EnumSet.of(ADMIN, OWNER);
  }
}
