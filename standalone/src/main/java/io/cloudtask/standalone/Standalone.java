package io.cloudtask.standalone;

import io.cloudtask.agent.AgentRole;
import io.cloudtask.center.Center;
import io.cloudtask.center.CenterSettings;
import io.cloudtask.center.accounts.FirstAdministrator;
import io.cloudtask.center.config.CenterConfigReader;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.EmbeddedZooKeeper;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Log;
import io.cloudtask.settings.LogSettings;
import io.cloudtask.settings.Parts;
import io.cloudtask.settings.Tls;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The order in which the parts start. What needs nothing of another starts beside it. */
final class Standalone {
  static final String ADMIN_TOKEN = "admin-token";
  static final String CLUSTER_TOKEN = "cluster-token";
  static final String CONSOLE_URL = "console-url";

  private static final long LOG_BYTES = 10 * 1024 * 1024;

  /** Usually it takes a tenth of a second. */
  private static final Duration IN_STEP = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(Standalone.class.getName());

  private final Options options;
  private final Clock clock;
  private final Parts parts;
  private final DataDirectory data;
  private final String adminToken;
  private final String clusterToken;
  private final Tls tls;

  /** Where everything is, for the person who started it. */
  record Addresses(String console, String center, String agent, String coordinator, Path data) {
    String readyLine() {
      return "ready console=%s center=%s agent=%s coordinator=%s data=%s"
          .formatted(console, center, agent, coordinator, data);
    }
  }

  private Standalone(Options options, Clock clock, Parts parts, DataDirectory data)
      throws StartException {
    this.options = options;
    this.clock = clock;
    this.parts = parts;
    this.data = data;
    this.adminToken = token(ADMIN_TOKEN, "administrator token");
    this.clusterToken = token(CLUSTER_TOKEN, "cluster token");
    try {
      this.tls = Tls.open(options.tls());
    } catch (ConfigException e) {
      throw new StartException("can't speak TLS: " + e.getMessage(), e);
    }
  }

  /**
   * Starts everything and returns when all ports answer.
   *
   * @param parts gets what was started, also when the start fails
   * @throws StartException with what to mend
   */
  static Addresses start(Options options, SecureRandom random, Clock clock, Parts parts)
      throws StartException {
    DataDirectory data = parts.add("data directory", DataDirectory.take(options.data, random));
    options.check();
    try {
      String file = data.resolve("logs/cloudtask.log").toString();
      Log.configure(new LogSettings(file, "info", LOG_BYTES), clock.getZone());
    } catch (IOException e) {
      throw new StartException("can't write the log in " + data.resolve("logs") + ": " + e, e);
    }
    return new Standalone(options, clock, parts, data).start();
  }

  private Addresses start() throws StartException {
    Together<EmbeddedZooKeeper> starting = Together.begin("the coordinator", this::coordinator);
    Together<AgentRole> listening = Together.begin("the agent API", () -> agentApi(starting));
    Store store = store();
    FirstAdministrator.introduce(store, clock.instant(), System.err);
    String coordinator = starting.join().address();
    ZooKeeperSettings settings =
        ZooKeeperSettings.of(coordinator, ZooKeeperSettings.DEFAULT_ROOT, clusterToken);
    Center center = center(store, settings);
    Outage.watch(center, parts);
    AgentRole agent = listening.join();
    Addresses addresses =
        new Addresses(
            url(center.consolePort()),
            url(center.centerPort()),
            url(agent.port()),
            coordinator,
            data.root());
    agent.follow(new ServerConfig(addresses.console(), addresses.center()));
    start(agent, settings);
    awaitCenter(agent);
    remember(addresses);
    if (options.demo) {
      Demo.apply(addresses.console(), adminToken, tls);
    }
    return addresses;
  }

  /**
   * Who holds the data directory knows that the center and the agent before are gone: nobody has to
   * wait for the timeout of sessions that a killed process left.
   */
  private EmbeddedZooKeeper coordinator() throws IOException {
    EmbeddedZooKeeper server =
        parts.add(
            "coordinator",
            EmbeddedZooKeeper.start(
                Ports.COORDINATOR_HOST, options.coordinatorPort, data.resolve("zookeeper")));
    for (Path key : List.of(CenterSettings.keyFile(data.root()), LocalAgent.keyFile(data))) {
      if (Files.exists(key)) {
        server.signOut(ZooKeeperSettings.DEFAULT_ROOT, Files.readString(key).strip());
      }
    }
    return server;
  }

  private Store store() throws StartException {
    return parts.add(
        "store",
        Together.begin("the store", () -> Store.open(data.resolve("cloudtask.db"), clock)).join());
  }

  private Center center(Store store, ZooKeeperSettings settings) throws StartException {
    Coordinator session =
        parts.add("session with the coordinator", ZooKeeperCoordinator.open(settings));
    CenterSettings config =
        CenterSettings.of(
                options.host,
                options.consolePort,
                options.centerPort,
                data.root(),
                adminToken,
                clusterToken,
                options.runtime)
            .with(notifications())
            .with(tls);
    return parts.add(
        "center",
        Together.begin("the center", () -> Center.start(config, store, session, clock)).join());
  }

  private NotifySettings notifications() throws StartException {
    Path file = options.notifications;
    if (file == null) {
      return NotifySettings.NONE;
    }
    try {
      return CenterConfigReader.notifications(file, Map.of());
    } catch (ConfigException e) {
      throw new StartException("--notifications " + file + ": " + e.getMessage(), e);
    }
  }

  /** Needs not wait for the coordinator where it is known at which port that will listen. */
  private AgentRole agentApi(Together<EmbeddedZooKeeper> starting)
      throws ConfigException, IOException, StartException {
    String coordinator =
        options.coordinatorPort == 0
            ? starting.join().address()
            : Ports.COORDINATOR_HOST + ':' + options.coordinatorPort;
    return parts.add(
        "agent API", LocalAgent.listen(options, data, coordinator, clusterToken, clock));
  }

  private void start(AgentRole agent, ZooKeeperSettings settings) throws StartException {
    try {
      agent.start(() -> ZooKeeperCoordinator.open(settings));
    } catch (IOException e) {
      throw new StartException("the agent can't start: " + e.getMessage(), e);
    }
    // Once more, so that it ends before the others, whom it needs to sign out.
    parts.add("agent", agent);
  }

  /** So that what is asked of the agent right after the ready line reaches it. */
  private static void awaitCenter(AgentRole agent) throws StartException {
    try {
      if (!agent.awaitCenter(IN_STEP)) {
        LOG.log(System.Logger.Level.WARNING, "the agent is not in step with the center yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the agent started", e);
    }
  }

  private String token(String name, String words) throws StartException {
    DataDirectory.Token token = data.token(name);
    if (token.made()) {
      LOG.log(System.Logger.Level.INFO, "made the {0}: {1}", words, token.file());
    }
    return token.value();
  }

  /** So that the command line finds its way with --data alone. */
  private void remember(Addresses addresses) throws StartException {
    try {
      data.replace(CONSOLE_URL, addresses.console() + "\n");
    } catch (IOException e) {
      throw new StartException("can't write " + data.resolve(CONSOLE_URL) + ": " + e, e);
    }
  }

  private String url(int port) {
    String host =
        switch (options.host) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> options.host.indexOf(':') < 0 ? options.host : '[' + options.host + ']';
        };
    return tls.scheme() + "://" + host + ":" + port;
  }
}
