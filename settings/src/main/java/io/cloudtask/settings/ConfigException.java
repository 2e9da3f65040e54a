package io.cloudtask.settings;

import java.util.List;

/** The configuration can't be used; the message has one line for each thing to mend. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Several things at once. */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
  }

  /** One thing to mend. */
  public ConfigException(String problem) {
    this(List.of(problem));
  }
}
