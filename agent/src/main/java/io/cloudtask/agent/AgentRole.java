package io.cloudtask.agent;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.agent.http.AgentServer;
import io.cloudtask.agent.packages.DiskPackageCache;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Listen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** An agent with its API, composed from a configuration. Thread-safe. */
public final class AgentRole implements AutoCloseable {
  private static final String STATE = "state";

  private final Agent agent;
  private final AgentServer server;
  private final String url;

  private AgentRole(Agent agent, AgentServer server, String url) {
    this.agent = agent;
    this.server = server;
    this.url = url;
  }

  /**
   * Starts it. The addresses are tried before anything else, so that a busy one costs a message and
   * not half a start.
   *
   * @param key of this agent, a UUID
   * @param token of the cluster
   * @param clock of this host, in its zone
   * @throws ConfigException when the configuration does not fit this host
   * @throws IOException when an address can't be listened on, or the journal can't be opened
   */
  public static AgentRole start(
      AgentConfig config, String key, String token, Presence.Source coordinator, Clock clock)
      throws ConfigException, IOException {
    AgentConfig bound = Ports.choose(config);
    Listen first = bound.listens().getFirst();
    Node node = bound.node(first.port(), clock.instant());
    AtomicReference<SystemConfig> current = new AtomicReference<>(bound.system());
    PackageCache packages =
        DiskPackageCache.over(
            saveDirectory(bound),
            () -> current.get().websitehost(),
            token,
            bound.maxUnpackedBytes(),
            clock);
    Agent agent =
        Agent.start(
            settings(bound, key, token, node, current, clock),
            packages,
            coordinator,
            shared -> current.updateAndGet(shown -> shown.following(shared)),
            clock);
    try {
      AgentServer server = AgentServer.start(bound, key, token, current::get, agent.operations());
      return new AgentRole(agent, server, url(first, node));
    } catch (IOException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  /** Where the API is, for people of this host. */
  public String url() {
    return url;
  }

  /** Ends within 10 s; what runs goes on, and is found again by the next start. */
  @Override
  public void close() {
    server.close();
    agent.close();
  }

  private static AgentSettings settings(
      AgentConfig config,
      String key,
      String token,
      Node node,
      AtomicReference<SystemConfig> current,
      Clock clock) {
    SystemConfig.Cache cache = config.system().cache();
    Path save = saveDirectory(config);
    return new AgentSettings(
        key,
        node,
        () -> current.get().centerhost(),
        token,
        save,
        save.resolve(STATE),
        clock.getZone(),
        AgentSettings.GRACE,
        config.system().cluster().pulse().value(),
        cache.pullrecovery().value(),
        cache.autoclean() ? cache.cleaninterval().value() : Duration.ZERO,
        OutputCaps.DEFAULT);
  }

  private static Path saveDirectory(AgentConfig config) {
    return Path.of(config.system().cache().savedirectory()).toAbsolutePath().normalize();
  }

  private static String url(Listen first, Node node) {
    if (first.host().isEmpty()) {
      return node.apiaddr();
    }
    String host = first.host().indexOf(':') < 0 ? first.host() : '[' + first.host() + ']';
    return "http://" + host + ":" + first.port();
  }
}
