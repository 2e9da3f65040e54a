package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The script as which an agent runs a command, for the limits that start the very same. */
public final class RunScript {
  private RunScript() {}

  /** Writes it into a directory, with the files that it needs. */
  public static Path write(Path directory, String command) throws IOException {
    Path script = directory.resolve("run.sh");
    Path exit = Files.writeString(directory.resolve("exit"), "     ");
    Files.writeString(
        script,
        """
        #!/bin/sh
        { command echo $$ >'%s'; } 2>/dev/null
        trap 'command echo $? 1<>'\\''%s'\\''' EXIT
        %s
        """
            .formatted(directory.resolve("pid"), exit, command));
    return script;
  }
}
