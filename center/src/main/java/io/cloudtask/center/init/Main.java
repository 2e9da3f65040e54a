package io.cloudtask.center.init;

import io.cloudtask.settings.RoleProgram;
import java.security.SecureRandom;
import java.util.Set;

/** Makes a cluster, and ends. */
public final class Main {
  private static final String HELP =
      """
      Usage: cloudtask init [-f FILE]
      Makes a cluster: its place at the coordinator, which only holders of its token can read, the
      addresses that all its nodes share, its token, and the administrator's. Again it changes the
      addresses to what the file says, and nothing else.

        -f FILE   what is to be made, JSON or YAML (ServerConfig.json in the working directory)
        -h, --help

      CLOUDTASK_ variables of the environment win over the file. etc/ServerConfig.json shows every
      key. Exit codes: 64 wrong arguments, 69 the coordinator does not answer, 78 wrong file, or
      the coordinator has a cluster with another token.
      """;

  private Main() {}

  public static void main(String[] args) {
    new RoleProgram("init", HELP, "ServerConfig.json", Set.of())
        .once(
            args,
            (arguments, parts) ->
                new Init(InitConfig.read(arguments.file(), System.getenv()), new SecureRandom())
                    .run());
  }
}
