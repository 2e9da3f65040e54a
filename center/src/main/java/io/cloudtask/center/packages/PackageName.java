package io.cloudtask.center.packages;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a package may be called. */
public final class PackageName {
  /** How a name ends, which says how the package is unpacked. */
  static final List<String> SUFFIXES = List.of(".tar.gz", ".tgz", ".zip");

  private static final int MAX_BYTES = 200;

  private PackageName() {}

  /** What is wrong with a name; empty for a good one. Continues "the name of the package ". */
  public static Optional<String> problem(String name) {
    if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("must have 1 to " + MAX_BYTES + " bytes");
    }
    if (name.codePoints().anyMatch(PackageName::isHostile)) {
      return Optional.of("must have no / and \\ and no control or invisible characters");
    }
    if (name.startsWith(".") || !name.strip().equals(name)) {
      return Optional.of("must not begin with a dot, nor begin or end with a space");
    }
    boolean known = SUFFIXES.stream().anyMatch(s -> name.endsWith(s) && name.length() > s.length());
    return known
        ? Optional.empty()
        : Optional.of("must end with one of " + String.join(", ", SUFFIXES));
  }

  private static boolean isHostile(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> c == '/' || c == '\\';
    };
  }
}
