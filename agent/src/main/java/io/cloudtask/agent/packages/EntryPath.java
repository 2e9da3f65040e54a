package io.cloudtask.agent.packages;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The checked name of an archive entry: relative, without {@code .} and {@code ..}.
 *
 * @param parts from the outermost directory inwards; empty for the root itself
 */
record EntryPath(List<String> parts) {
  private static final int LONGEST = 1024;
  private static final int LONGEST_PART = 255;
  private static final int DEEPEST = 64;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  EntryPath {
    parts = List.copyOf(parts);
  }

  /** Reads the name of an entry. */
  static EntryPath of(String name) throws PackageRejectedException {
    checkText(name);
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        checkPart(part, name);
        parts.add(part);
      }
    }
    if (parts.size() > DEEPEST) {
      throw rejected(name, "is nested deeper than " + DEEPEST + " directories");
    }
    return new EntryPath(parts);
  }

  /**
   * Checks where a symbolic link at this path leads. {@code ..} is allowed in front only: after a
   * name it could climb out of wherever another link has led to. As the directory that holds a link
   * is never a link itself, and all other links obey this too, such a target can't leave the root.
   */
  void checkLinkTarget(String target) throws PackageRejectedException {
    checkText(target);
    int climbs = 0;
    boolean descending = false;
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        climbs++;
        if (descending || climbs >= parts.size()) {
          throw rejected(text(), "is a link that could lead out of the package: " + shown(target));
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        checkPart(part, text());
        descending = true;
      }
    }
  }

  boolean isRoot() {
    return parts.isEmpty();
  }

  /** The directory that holds it. */
  EntryPath parent() {
    return new EntryPath(parts.subList(0, parts.size() - 1));
  }

  /** Where it is below a root. */
  Path below(Path root) throws PackageRejectedException {
    try {
      Path path = root;
      for (String part : parts) {
        path = path.resolve(part);
      }
      return path;
    } catch (InvalidPathException e) {
      throw rejected(
          text(),
          "can't be written in this host's character set (start the agent with LANG=C.UTF-8)");
    }
  }

  String text() {
    return String.join("/", parts);
  }

  private static void checkText(String name) throws PackageRejectedException {
    if (name.isEmpty()) {
      throw rejected(name, "is empty");
    }
    if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw rejected(name, "contains a control character");
    }
    if (name.startsWith("/") || name.startsWith("\\") || DRIVE.matcher(name).matches()) {
      throw rejected(name, "is an absolute path");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw rejected(name, "is longer than " + LONGEST + " bytes");
    }
  }

  private static void checkPart(String part, String name) throws PackageRejectedException {
    for (String piece : part.split("\\\\", -1)) {
      if (piece.equals("..")) {
        throw rejected(name, "contains ..");
      }
    }
    if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
      throw rejected(name, "has a part longer than " + LONGEST_PART + " bytes");
    }
  }

  static PackageRejectedException rejected(String name, String why) {
    return new PackageRejectedException("the package entry \"" + shown(name) + "\" " + why);
  }

  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= 120 ? clean : clean.substring(0, 120) + "...";
  }
}
