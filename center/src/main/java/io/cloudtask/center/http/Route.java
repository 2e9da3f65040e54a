package io.cloudtask.center.http;

import io.cloudtask.center.access.Role;
import java.util.Set;

/**
 * One thing that can be asked.
 *
 * @param method of HTTP, upper case
 * @param path its template
 * @param roles who may use it; never empty
 * @param loopback whether a caller on this machine may use it without a token
 * @param bodyLimit in bytes, after decompression; a longer body is refused with 413
 */
public record Route(
    String method,
    PathTemplate path,
    Set<Role> roles,
    boolean loopback,
    long bodyLimit,
    Handler handler) {
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
