package io.cloudtask.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was said on the command line of a role: {@code -f FILE}, options with values, or a wish for
 * help.
 *
 * @param values of the options that were given, by their names
 * @param wrong what is wrong with it, null when nothing is
 */
public record Arguments(
    Path file, boolean help, Map<String, String> values, @Nullable String wrong) {
  public Arguments {
    values = Map.copyOf(values);
  }

  /**
   * Reads them.
   *
   * @param usual the file when none is named
   * @param options that take a value, such as {@code --root}
   */
  public static Arguments read(String[] args, String usual, Set<String> options) {
    Path file = Path.of(usual);
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      String name = args[i];
      if (name.equals("-h") || name.equals("--help")) {
        return new Arguments(file, true, values, null);
      }
      boolean names = name.equals("-f") || name.equals("--file");
      if (!names && !options.contains(name)) {
        return new Arguments(file, false, values, "what is \"" + name + "\"?");
      }
      i++;
      if (i == args.length) {
        String needed = names ? " needs the name of a file" : " needs a value";
        return new Arguments(file, false, values, name + needed);
      }
      if (names) {
        file = Path.of(args[i]);
      } else {
        values.put(name, args[i]);
      }
    }
    return new Arguments(file, false, values, null);
  }

  /** The value of an option; empty when it was not given. */
  public Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }
}
