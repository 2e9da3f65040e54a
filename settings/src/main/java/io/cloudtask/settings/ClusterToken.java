package io.cloudtask.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The secret that agents and centers share. */
public final class ClusterToken {
  /** Characters that a token has at the least; a shorter one could be guessed. */
  public static final int SHORTEST = 16;

  private ClusterToken() {}

  /**
   * Reads it.
   *
   * @throws ConfigException when it can't be read, or is so short that it could be guessed
   */
  public static String read(Path file) throws ConfigException {
    try {
      String token = Files.readString(file).strip();
      if (token.length() < SHORTEST || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new ConfigException(
            "cluster.tokenfile: %s must hold at least %d visible ASCII characters; copy it from a"
                    .formatted(file, SHORTEST)
                + " center");
      }
      return token;
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          "cluster.tokenfile: "
              + file
              + " is not there; copy it from a center, where it is the file cluster-token of the"
              + " data directory");
    } catch (IOException e) {
      throw new ConfigException("cluster.tokenfile: can't read " + file + ": " + e.getMessage());
    }
  }
}
