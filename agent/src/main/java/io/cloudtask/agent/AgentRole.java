package io.cloudtask.agent;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.agent.http.AgentServer;
import io.cloudtask.agent.packages.DiskPackageCache;
import io.cloudtask.agent.packages.PackageCache;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.agent.process.OutputCaps;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.FileFaults;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An agent with its API, composed from a configuration. The API listens before the agent starts,
 * because the agent signs in with the port at which it listens. Thread-safe.
 */
public final class AgentRole implements AutoCloseable {
  private static final String STATE = "state";

  private final AgentConfig config;
  private final String key;
  private final String token;
  private final Clock clock;
  private final Tls tls;
  private final Node node;
  private final AtomicReference<SystemConfig> current;
  private final LateOperations operations = new LateOperations();
  private final AgentServer server;
  private @Nullable Agent agent;
  private boolean closed;

  private AgentRole(AgentConfig config, String key, String token, Clock clock)
      throws ConfigException, IOException {
    this.config = config;
    this.key = key;
    this.token = token;
    this.clock = clock;
    this.tls = Tls.open(config.tls());
    this.node = config.node(config.listens().getFirst().port(), tls, clock.instant());
    this.current = new AtomicReference<>(config.system());
    this.server = AgentServer.start(config, tls, key, token, current::get, operations);
  }

  /**
   * Opens the API. The addresses are tried first, so that a busy one costs a message and not half a
   * start.
   *
   * @param key of this agent, a UUID
   * @param token of the cluster
   * @param clock of this host, in its zone
   * @throws ConfigException when the configuration does not fit this host
   * @throws IOException when an address can't be listened on
   */
  public static AgentRole listen(AgentConfig config, String key, String token, Clock clock)
      throws ConfigException, IOException {
    return new AgentRole(Ports.choose(config), key, token, clock);
  }

  /**
   * Starts the agent, where it was when it ended the last time.
   *
   * @throws IOException when its journal can't be opened
   */
  public synchronized void start(Presence.Source coordinator) throws IOException {
    if (agent != null || closed) {
      throw new IllegalStateException("an agent starts once");
    }
    PackageCache packages =
        DiskPackageCache.over(
            saveDirectory(),
            () -> current.get().websitehost(),
            new DiskPackageCache.Access(token, tls),
            config.maxUnpackedBytes(),
            clock);
    Agent started;
    try {
      started = Agent.start(settings(), packages, coordinator, this::follow, clock);
    } catch (FileSystemException e) {
      throw new IOException("cache.savedirectory: can't be used: " + FileFaults.words(e), e);
    }
    agent = started;
    operations.started(started.operations());
  }

  /**
   * Waits until a center has told for the first time which jobs the started agent holds.
   *
   * @return whether that came in time
   */
  public boolean awaitCenter(Duration atMost) throws InterruptedException {
    Agent started;
    synchronized (this) {
      started = agent;
    }
    return started != null && started.awaitCenter(atMost);
  }

  /** Hears the configuration that all share, and follows it unless its own says otherwise. */
  public void follow(ServerConfig shared) {
    current.updateAndGet(shown -> shown.following(shared));
  }

  /** The port of the API's first address. */
  public int port() {
    return server.port();
  }

  /** Where the API is, for people of this host. */
  public String url() {
    Listen first = config.listens().getFirst();
    return first.isEverywhere() ? node.apiaddr() : first.url(tls);
  }

  /** Ends within 10 s; what runs goes on, and is found again by the next start. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.close();
    if (agent != null) {
      agent.close();
    }
  }

  /** What the agent is told of the configuration. */
  AgentSettings settings() {
    SystemConfig.Cache cache = config.system().cache();
    return new AgentSettings(
        key,
        node,
        () -> current.get().centerhost(),
        token,
        tls,
        saveDirectory(),
        saveDirectory().resolve(STATE),
        clock.getZone(),
        AgentSettings.GRACE,
        config.system().cluster().pulse().value(),
        cache.pullrecovery().value(),
        cache.cleaning(),
        OutputCaps.DEFAULT);
  }

  private Path saveDirectory() {
    return Path.of(config.system().cache().savedirectory()).toAbsolutePath().normalize();
  }
}
