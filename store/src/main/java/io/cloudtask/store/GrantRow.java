package io.cloudtask.store;

/**
 * A role, and what it holds for.
 *
 * @param role lower case, for example {@code admin}
 * @param scope "" everything, a runtime, or {@code runtime/group}
 */
public record GrantRow(String role, String scope) {
  /** The administrator of everything. */
  public static final GrantRow ADMIN = new GrantRow("admin", "");
}
