package io.cloudtask.center.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a token. Tokens are random and long, so a plain hash is enough to compare by.
 * Immutable.
 */
final class TokenHash {
  private final byte[] digest;

  private TokenHash(byte[] digest) {
    this.digest = digest;
  }

  /** The hash of a token as presented. */
  static TokenHash of(String token) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Compares in a time that does not depend on where the first difference is. */
  boolean matches(TokenHash other) {
    return MessageDigest.isEqual(digest, other.digest);
  }
}
