package io.cloudtask.center.http;

import io.cloudtask.center.access.Role;
import java.util.Set;

/**
 * One thing that can be asked.
 *
 * @param method of HTTP, upper case
 * @param path its template
 * @param roles who may use it; never empty
 * @param entry who else
 * @param loopback whether a caller on this machine may use it without a token
 * @param bodyLimit in bytes, after decompression; a longer body is refused with 413
 */
public record Route(
    String method,
    PathTemplate path,
    Set<Role> roles,
    Entry entry,
    boolean loopback,
    long bodyLimit,
    Handler handler) {
  /** Who may use a route beside those with a role on everything. */
  public enum Entry {
    /** Nobody. */
    ROLE,
    /** Who has one of the roles on a part of the objects, because the handler judges by object. */
    SCOPED,
    /** Everybody who is signed in, and who has one of the roles on anything. */
    SIGNED_IN,
    /** The same, also while they have to choose another password before anything else. */
    SELF,
    /** Everybody, to become known. */
    OPEN
  }

  /** Whether a role on a part of the objects opens it. */
  public boolean scoped() {
    return entry == Entry.SCOPED;
  }

  /** Enough for every JSON body that names no limit of its own. */
  public static final long DEFAULT_BODY_LIMIT = 1024 * 1024;

  /**
   * Makes a route.
   *
   * @throws IllegalArgumentException when nobody may use it, which is a mistake and never a wish
   */
  public Route {
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException(method + " " + path + " is registered without roles");
    }
  }
}
