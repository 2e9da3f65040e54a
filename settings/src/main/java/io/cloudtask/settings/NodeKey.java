package io.cloudtask.settings;

import io.cloudtask.model.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The identity of a node, made once and kept in a file. */
public final class NodeKey {
  /** The name of an agent's key file. */
  public static final String AGENT_FILE = "jobworker.key";

  /** The name of a center's key file. */
  public static final String CENTER_FILE = "jobserver.key";

  private NodeKey() {}

  /**
   * Reads the key, or makes one when there is no file.
   *
   * @throws ConfigException when the file can't be read or holds something else
   */
  public static String readOrCreate(Path file) throws ConfigException {
    try {
      if (!Files.exists(file)) {
        SecretFiles.write(file, UUID.randomUUID() + "\n");
      }
      String key = Files.readString(file).strip();
      if (!Ids.isNodeKey(key)) {
        throw new ConfigException(
            file
                + " does not hold a UUID; restore it, or remove it to join as a new node, which"
                + " has nothing of the old one");
      }
      return key;
    } catch (IOException e) {
      throw new ConfigException("the key file " + file + " can't be used: " + FileFaults.words(e));
    }
  }
}
