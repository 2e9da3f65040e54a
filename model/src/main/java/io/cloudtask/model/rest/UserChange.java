package io.cloudtask.model.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body that makes or changes a user. What is null stays as it is, or is empty in a new one.
 *
 * @param name of a new one; never changes
 * @param password null keeps the one that is there
 */
public record UserChange(
    @Nullable String name,
    @Nullable String displayname,
    @Nullable String mail,
    @Nullable Boolean enabled,
    @Nullable List<GrantView> grants,
    @Nullable String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "UserChange[" + name + "]";
  }
}
