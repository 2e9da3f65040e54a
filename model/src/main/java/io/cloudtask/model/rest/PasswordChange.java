package io.cloudtask.model.rest;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The body that changes one's own password.
 *
 * @param old the one that holds
 * @param next the one that is to hold
 */
public record PasswordChange(String old, @JsonProperty("new") String next) {
  /** Without the passwords. */
  @Override
  public String toString() {
    return "PasswordChange[]";
  }
}
