package io.cloudtask.agent;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.settings.ClusterToken;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Log;
import io.cloudtask.settings.NodeKey;
import io.cloudtask.settings.Parts;
import io.cloudtask.settings.PidFile;
import io.cloudtask.settings.RoleProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/** Runs an agent until it is told to end. */
public final class Main {
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
    new RoleProgram("agent", HELP, "agent.yaml", Set.of())
        .live(
            args,
            (arguments, parts) ->
                start(AgentConfigReader.read(arguments.file(), System.getenv()), parts));
  }

  private static String start(AgentConfig config, Parts parts) throws ConfigException, IOException {
    SystemConfig system = config.system();
    Clock clock = Clock.system(ZoneId.systemDefault());
    String token = token(config);
    parts.add("pid file", PidFile.take(Path.of(system.pidfile()), ProcessHandle.current().pid()));
    Log.begin(system.logger(), clock.getZone());
    String key = NodeKey.readOrCreate(Path.of(NodeKey.AGENT_FILE));
    ZooKeeperSettings coordinator = coordinator(system.cluster(), token);
    if (!system.retrystartup()) {
      requireCoordinator(coordinator);
    }
    AgentRole role = parts.add("agent", AgentRole.listen(config, key, token, clock));
    role.start(() -> ZooKeeperCoordinator.open(coordinator));
    return "ready agent=" + role.url();
  }

  private static String token(AgentConfig config) throws ConfigException {
    Path file = config.tokenFile();
    if (file == null) {
      throw new ConfigException(
          "cluster.tokenfile is missing; name a file with the cluster's token, the center has it");
    }
    return ClusterToken.read(file);
  }

  private static ZooKeeperSettings coordinator(SystemConfig.Cluster cluster, String token) {
    Duration silence = silence(cluster);
    Duration usual =
        ZooKeeperSettings.of(cluster.hosts(), cluster.root(), token).connectionTimeout();
    Duration connection = usual.compareTo(silence) < 0 ? usual : silence;
    return new ZooKeeperSettings(cluster.hosts(), cluster.root(), token, silence, connection);
  }

  /**
   * As many pulses as may be missed, as far as possible; renewals of the lease come far oftener.
   */
  static Duration silence(SystemConfig.Cluster cluster) {
    return ZooKeeperSettings.possible(cluster.pulse().value().multipliedBy(cluster.threshold()));
  }

  private static void requireCoordinator(ZooKeeperSettings settings) throws IOException {
    try (ZooKeeperCoordinator session = ZooKeeperCoordinator.open(settings)) {
      session.check();
    } catch (CoordinationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
