package io.cloudtask.coordination.server;

import io.cloudtask.settings.Arguments;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Log;
import io.cloudtask.settings.LogSettings;
import io.cloudtask.settings.Parts;
import io.cloudtask.settings.PidFile;
import io.cloudtask.settings.RoleProgram;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Set;

/** Runs a ZooKeeper server until it is told to end. */
public final class Main {
  private static final long LOG_SIZE = 20L * 1024 * 1024;
  private static final String HELP =
      """
      Usage: cloudtask coordinator [-f FILE]
      A ZooKeeper server, alone or one of an ensemble, for those who have no ZooKeeper yet.

        -f FILE   its configuration as ZooKeeper knows it (zoo.cfg in the working directory)
        -h, --help

      dataDir must be said. A server of an ensemble finds its number in dataDir/myid. Its log is
      dataDir/coordinator.log, and its pid is in dataDir/coordinator.pid.
      When it listens it prints one line on standard output: ready coordinator=ADDRESS
      SIGTERM or Ctrl-C ends it within 10 s.
      Exit codes: 64 wrong arguments, 69 something it needs is not there, 78 wrong configuration.
      """;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    new RoleProgram("coordinator", HELP, "zoo.cfg", Set.of()).live(args, Main::start);
  }

  private static String start(Arguments arguments, Parts parts)
      throws ConfigException, IOException {
    ZooConfig config = ZooConfig.read(arguments.file());
    parts.add(
        "pid file",
        PidFile.take(config.dataDir().resolve("coordinator.pid"), ProcessHandle.current().pid()));
    String log = config.dataDir().resolve("coordinator.log").toString();
    Log.configure(new LogSettings(log, "info", LOG_SIZE), ZoneId.systemDefault());
    CoordinatorServer server = parts.add("coordinator", CoordinatorServer.start(config));
    return "ready coordinator=" + server.address();
  }
}
