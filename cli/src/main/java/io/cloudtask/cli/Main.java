package io.cloudtask.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The command line: {@code cloudtask job list} and its like. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the process with its exit code: 0 success, 1 refused or failed, 2
   * wrong usage. The launcher says in system properties what it knows of the terminal ({@code
   * cloudtask.stdout.tty}, {@code cloudtask.stderr.tty}, {@code cloudtask.columns}); asking for it
   * here would cost more than the command.
   */
  public static void main(String[] args) {
    int code = Cli.run(List.of(args), surroundings());
    System.exit(code);
  }

  static Surroundings surroundings() {
    boolean terminal = Boolean.getBoolean("cloudtask.stdout.tty");
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Clock.systemDefaultZone(),
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        terminal,
        Boolean.getBoolean("cloudtask.stderr.tty"),
        terminal ? Integer.getInteger("cloudtask.columns", 80) : 0);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        true,
        StandardCharsets.UTF_8);
  }
}
