package io.cloudtask.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was said on the command line of a role: {@code -f FILE}, or a wish for help.
 *
 * @param wrong what is wrong with it, null when nothing is
 */
public record Arguments(Path file, boolean help, @Nullable String wrong) {

  /**
   * Reads them.
   *
   * @param usual the file when none is named
   */
  public static Arguments read(String[] args, String usual) {
    Path file = Path.of(usual);
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-h", "--help" -> {
          return new Arguments(file, true, null);
        }
        case "-f", "--file" -> {
          i++;
          if (i == args.length) {
            return new Arguments(file, false, "-f needs the name of a file");
          }
          file = Path.of(args[i]);
        }
        default -> {
          return new Arguments(file, false, "what is \"" + args[i] + "\"?");
        }
      }
    }
    return new Arguments(file, false, null);
  }
}
