package io.cloudtask.center.secrets;

import org.jspecify.annotations.Nullable;

/** How the value of a secret variable gets into a definition. Must be thread-safe. */
@FunctionalInterface
public interface Sealing {
  /**
   * Seals a value.
   *
   * @param before the sealed value that is there; when it holds the same, it stays
   */
  String seal(String name, String value, @Nullable String before);
}
