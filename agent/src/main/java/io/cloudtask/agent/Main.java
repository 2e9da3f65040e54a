package io.cloudtask.agent;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.settings.Arguments;
import io.cloudtask.settings.ClusterToken;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Lifetime;
import io.cloudtask.settings.Log;
import io.cloudtask.settings.NodeKey;
import io.cloudtask.settings.Parts;
import io.cloudtask.settings.PidFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/** Runs an agent until it is told to end. */
public final class Main {
  private static final int OK = 0;

  /** The numbers of sysexits.h, which service managers know. */
  private static final int USAGE = 64;

  private static final int UNAVAILABLE = 69;
  private static final int CONFIG = 78;

  private static final String HELP =
      """
      Usage: cloudtask agent [-f FILE]
      Runs the jobs that a center assigns to this host.

        -f FILE   the configuration, YAML or JSON (agent.yaml in the working directory)
        -h, --help

      CLOUDTASK_ variables of the environment win over the file. etc/agent.yaml explains every key.
      When it runs it prints one line on standard output: ready agent=URL
      SIGTERM or Ctrl-C ends it within 10 s; jobs that run go on, and the next start finds them.
      Exit codes: 64 wrong arguments, 69 something it needs is not there, 78 wrong configuration.
      """;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Lifetime lifetime = Lifetime.begin("cloudtask agent");
    Arguments arguments = Arguments.read(args, "agent.yaml");
    if (arguments.wrong() != null) {
      System.err.println("cloudtask agent: " + arguments.wrong() + "\n\n" + HELP);
      System.exit(USAGE);
    }
    if (arguments.help()) {
      System.out.print(HELP);
      System.exit(OK);
    }
    try {
      start(AgentConfigReader.read(arguments.file(), System.getenv()), lifetime.parts());
      lifetime.await();
    } catch (ConfigException e) {
      fail(CONFIG, arguments.file() + ": the agent can't start\n" + e.getMessage());
    } catch (IOException | CoordinationException e) {
      fail(UNAVAILABLE, "the agent can't start: " + e.getMessage());
    }
  }

  private static void start(AgentConfig config, Parts parts)
      throws ConfigException, IOException, CoordinationException {
    SystemConfig system = config.system();
    Clock clock = Clock.system(ZoneId.systemDefault());
    String token = token(config);
    parts.add("pid file", PidFile.take(Path.of(system.pidfile()), ProcessHandle.current().pid()));
    Log.configure(system.logger(), clock.getZone());
    String key = NodeKey.readOrCreate(Path.of(NodeKey.AGENT_FILE));
    ZooKeeperSettings coordinator =
        ZooKeeperSettings.of(system.cluster().hosts(), system.cluster().root(), token);
    if (!system.retrystartup()) {
      requireCoordinator(coordinator);
    }
    AgentRole role = parts.add("agent", AgentRole.listen(config, key, token, clock));
    role.start(() -> ZooKeeperCoordinator.open(coordinator));
    System.out.println("ready agent=" + role.url());
  }

  private static String token(AgentConfig config) throws ConfigException {
    Path file = config.tokenFile();
    if (file == null) {
      throw new ConfigException(
          "cluster.tokenfile is missing; name a file with the cluster's token, the center has it");
    }
    return ClusterToken.read(file);
  }

  private static void requireCoordinator(ZooKeeperSettings settings) throws CoordinationException {
    try (ZooKeeperCoordinator session = ZooKeeperCoordinator.open(settings)) {
      session.serverConfig();
    }
  }

  private static void fail(int code, String message) {
    System.err.println("cloudtask agent: " + message);
    System.exit(code);
  }
}
