package io.cloudtask.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that agents and centers share. */
public final class ClusterToken {
  /** Characters that a token has at the least; a shorter one could be guessed. */
  public static final int SHORTEST = 16;

  private ClusterToken() {}

  /**
   * Reads it.
   *
   * @throws ConfigException when it can't be read, or others can read or guess it
   */
  public static String read(Path file) throws ConfigException {
    try {
      if (!Files.exists(file)) {
        throw new ConfigException(
            file
                + " is not there; copy it from a center, where it is the file cluster-token of the"
                + " data directory");
      }
      String token = SecretFiles.read(file);
      if (token.length() < SHORTEST || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new ConfigException(
            "%s must hold at least %d visible ASCII characters; copy it from a center"
                .formatted(file, SHORTEST));
      }
      return token;
    } catch (ConfigException e) {
      throw new ConfigException("cluster.tokenfile: " + e.getMessage());
    }
  }
}
