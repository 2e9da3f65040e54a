package io.cloudtask.center.access;

import java.util.Optional;

/** What a password that somebody chooses must be. Length is what counts; no kinds of characters. */
public final class PasswordRule {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 256;

  private PasswordRule() {}

  /** Why somebody can't have that password; empty when it will do. */
  public static Optional<String> refused(String password, String name) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      return Optional.of("has to have " + SHORTEST + " to " + LONGEST + " characters");
    }
    if (password.codePoints().distinct().count() < 4) {
      return Optional.of("is the same few characters again and again");
    }
    if (password.equalsIgnoreCase(name)) {
      return Optional.of("is the name");
    }
    return Optional.empty();
  }
}
