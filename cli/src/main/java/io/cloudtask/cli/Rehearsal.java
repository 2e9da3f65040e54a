package io.cloudtask.cli;

import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the usual commands once, in one process, against a standalone: the training run from which
 * the build makes the start-up cache of the command line.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** Takes the data directory of a standalone and the directory of examples. */
  public static void main(String[] args) {
    String data = args[0];
    String file = args[1] + "/hello.yaml";
    Surroundings world = Main.surroundings();
    List<List<String>> commands =
        List.of(
            List.of("version"),
            List.of("--help"),
            List.of("job", "apply", "-f", file, "--dry-run"),
            List.of("job", "apply", "-f", file),
            List.of("job", "next", "-f", file),
            List.of("job", "list"),
            List.of("job", "list", "--json"),
            List.of("job", "show", "hello"),
            List.of("job", "why", "hello", "--at", "2026-01-01 00:00"),
            List.of("job", "export"),
            List.of("run", "list"),
            List.of("run", "log", "none"),
            List.of("package", "list"),
            List.of("runtime", "list"),
            List.of("agent", "list"),
            List.of("job", "no-such-command"));
    for (List<String> command : commands) {
      Cli.run(Stream.concat(command.stream(), List.of("--data", data).stream()).toList(), world);
    }
  }
}
