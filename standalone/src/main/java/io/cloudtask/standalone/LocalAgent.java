package io.cloudtask.standalone;

import io.cloudtask.agent.Agent;
import io.cloudtask.agent.AgentSettings;
import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.agent.http.AgentServer;
import io.cloudtask.agent.packages.DiskPackageCache;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.NodeKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The one agent of this machine: as on any host, but for where its configuration comes from. Its
 * API listens before the agent starts, because the agent signs in with the port that it listens at.
 */
final class LocalAgent {
  private final Path directory;
  private final String token;
  private final Clock clock;
  private final Parts parts;

  /** Nobody else could take what this one does not. */
  private static final String EVERY_JOB = "100000";

  private final AgentConfig config;
  private final String key;
  private final LateOperations operations = new LateOperations();
  private final AgentServer server;

  /** Where it finds the others. */
  record Neighbours(Presence.Source coordinator, String center, String console) {}

  private LocalAgent(Options options, DataDirectory data, String token, Clock clock, Parts parts)
      throws IOException, ConfigException {
    this.directory = Files.createDirectories(data.resolve("agent"));
    this.token = token;
    this.clock = clock;
    this.parts = parts;
    this.config = config(options, data, directory);
    this.key = NodeKey.readOrCreate(directory.resolve(NodeKey.AGENT_FILE));
    this.server =
        parts.add("agent API", AgentServer.start(config, key, token, config::system, operations));
  }

  /** Opens the agent's API; the agent itself does not run yet. */
  static LocalAgent listen(
      Options options, DataDirectory data, String token, Clock clock, Parts parts)
      throws StartException {
    try {
      return new LocalAgent(options, data, token, clock, parts);
    } catch (ConfigException | IOException e) {
      throw new StartException("the agent can't start: " + e.getMessage(), e);
    }
  }

  int port() {
    return server.port();
  }

  /** Starts the agent; it goes on where it ended. */
  void start(Neighbours others) throws StartException {
    try {
      SystemConfig.Cache cache = config.system().cache();
      Path saved = Path.of(cache.savedirectory());
      PackageCache packages =
          DiskPackageCache.over(saved, others::console, token, config.maxUnpackedBytes(), clock);
      AgentSettings settings =
          new AgentSettings(
              key,
              config.node(port(), clock.instant()),
              others::center,
              token,
              saved,
              directory.resolve("state"),
              clock.getZone(),
              AgentSettings.GRACE,
              config.system().cluster().pulse().value(),
              cache.pullrecovery().value(),
              cache.cleaninterval().value(),
              OutputCaps.DEFAULT);
      Agent agent = Agent.start(settings, packages, others.coordinator(), shared -> {}, clock);
      parts.add("agent", agent);
      operations.started(agent.operations());
    } catch (ConfigException | IOException e) {
      throw new StartException("the agent can't start: " + e.getMessage(), e);
    }
  }

  private static AgentConfig config(Options options, DataDirectory data, Path directory)
      throws ConfigException {
    String host = options.host.indexOf(':') < 0 ? options.host : '[' + options.host + ']';
    boolean loopback = new Listen(options.host, options.agentPort).isLoopback();
    return AgentConfigReader.of(
        Map.of(
            "pidfile",
            directory.resolve("jobworker.pid").toString(),
            "cluster.runtime",
            options.runtime,
            "cluster.tokenfile",
            data.resolve(Standalone.CLUSTER_TOKEN).toString(),
            "api.hosts",
            host + ":" + options.agentPort,
            "api.auth",
            loopback ? "local" : "token",
            "cache.maxjobs",
            EVERY_JOB,
            "cache.savedirectory",
            directory.resolve("cache").toString(),
            "logger.logfile",
            ""));
  }
}
