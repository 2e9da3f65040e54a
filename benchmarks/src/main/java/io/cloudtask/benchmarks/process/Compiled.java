package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** C programs that show what the machine allows. */
public final class Compiled {
  private Compiled() {}

  /**
   * Compiles one of those beside this class with the machine's {@code cc}.
   *
   * @return the program; empty when there is no compiler
   * @throws IOException when there is one that does not like it
   */
  public static Optional<Path> program(String name, Path directory)
      throws IOException, InterruptedException {
    Path source = directory.resolve(name + ".c");
    try (InputStream in = Compiled.class.getResourceAsStream(name + ".c")) {
      if (in == null) {
        throw new IOException("this program is not complete: it lacks " + name + ".c");
      }
      Files.write(source, in.readAllBytes());
    }
    Path program = directory.resolve(name);
    Process compiler;
    try {
      compiler =
          new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new IOException("cc does not compile " + source + ": " + output);
    }
    return Optional.of(program);
  }

  /** Runs a program to its end, and gives what it printed. */
  public static String output(String... line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(line[0] + " ended with " + code);
    }
    return output;
  }
}
