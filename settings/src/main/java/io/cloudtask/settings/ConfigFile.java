package io.cloudtask.settings;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of a role: a YAML or JSON file, and over it the environment. */
public final class ConfigFile {
  private static final int LARGEST_FILE = 1024 * 1024;

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @param variables that win over the file
   * @param environment of the process
   * @throws ConfigException when it is no text of keys and values; says where
   */
  public static Settings read(Path file, Variables variables, Map<String, String> environment)
      throws ConfigException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new ConfigException(file + " has more than 1 MiB; that is not a configuration");
      }
      return read(Files.readString(file), variables, environment);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + " is not there; name the file with -f");
    } catch (MalformedInputException e) {
      throw new ConfigException(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(file + " can't be read: " + e.getMessage());
    }
  }

  /** Reads the text of a file. */
  public static Settings read(String text, Variables variables, Map<String, String> environment)
      throws ConfigException {
    Map<String, Setting> settings = new LinkedHashMap<>(ConfigText.parse(text));
    settings.putAll(variables.settings(environment));
    return new Settings(settings);
  }

  /**
   * The same from settings that a program has made.
   *
   * @param values by dotted key, such as {@code cluster.runtime}; lists comma separated
   */
  public static Settings of(Map<String, String> values) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> settings.put(key, new Setting(key, List.of(value), false, "built in")));
    return new Settings(settings);
  }
}
