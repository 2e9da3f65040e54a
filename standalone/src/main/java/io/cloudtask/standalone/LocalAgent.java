package io.cloudtask.standalone;

import io.cloudtask.agent.AgentRole;
import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.NodeKey;
import io.cloudtask.settings.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one agent of this machine: as on any host, but for where its configuration comes from. */
final class LocalAgent {
  /** Nobody else could take what this one does not. */
  private static final String EVERY_JOB = "100000";

  private LocalAgent() {}

  /**
   * Opens the agent's API; the agent itself does not run yet.
   *
   * @param coordinator its address, for people
   */
  static AgentRole listen(
      Options options, DataDirectory data, String coordinator, String token, Clock clock)
      throws ConfigException, IOException {
    Path directory = Files.createDirectories(directory(data));
    String key = NodeKey.readOrCreate(keyFile(data));
    return AgentRole.listen(config(options, data, coordinator, directory), key, token, clock);
  }

  /** Where the agent keeps the key under which it signs in. */
  static Path keyFile(DataDirectory data) {
    return directory(data).resolve(NodeKey.AGENT_FILE);
  }

  private static Path directory(DataDirectory data) {
    return data.resolve("agent");
  }

  private static AgentConfig config(
      Options options, DataDirectory data, String coordinator, Path directory)
      throws ConfigException {
    String host = options.host.indexOf(':') < 0 ? options.host : '[' + options.host + ']';
    boolean loopback = new Listen(options.host, options.agentPort).isLoopback();
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "cluster.hosts",
                coordinator,
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
    TlsFiles tls = options.tls();
    put(values, "api.tls.certfile", tls.certificate());
    put(values, "api.tls.keyfile", tls.key());
    put(values, "api.tls.cafile", tls.authorities());
    return AgentConfigReader.of(values);
  }

  private static void put(Map<String, String> values, String key, @Nullable Path file) {
    if (file != null) {
      values.put(key, file.toString());
    }
  }
}
