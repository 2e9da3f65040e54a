package io.cloudtask.center.init;

import io.cloudtask.settings.SecretFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes tokens that nobody guesses. */
final class TokenFile {
  private static final int BYTES = 32;

  private TokenFile() {}

  /** Makes a token, and a file for it that only its owner can read. */
  static String make(Path file, SecureRandom random) throws IOException {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    SecretFiles.write(file, token + "\n");
    return token;
  }
}
