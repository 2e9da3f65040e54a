package io.cloudtask.coordination.server;

import io.cloudtask.settings.ConfigException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A configuration as ZooKeeper knows it. It is checked by ZooKeeper; here is only what has to be
 * known before.
 *
 * @param properties of the file, and what we take for granted unless it says otherwise
 */
record ZooConfig(Properties properties) {
  private static final String DATA = "dataDir";
  private static final String HTTP = "admin.enableServer";
  private static final String PURGE = "autopurge.purgeInterval";

  static ZooConfig read(Path file) throws ConfigException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + " is not there; name the file with -f");
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(file + " can't be read: " + e.getMessage());
    }
    if (properties.getProperty(DATA, "").isBlank()) {
      throw new ConfigException(DATA + " is missing; name the directory for what it knows");
    }
    // A second port that listens everywhere without a password, unless somebody asks for it.
    properties.putIfAbsent(HTTP, "false");
    properties.putIfAbsent(PURGE, "6");
    return new ZooConfig(properties);
  }

  Path dataDir() {
    return Path.of(properties.getProperty(DATA).strip()).toAbsolutePath().normalize();
  }
}
