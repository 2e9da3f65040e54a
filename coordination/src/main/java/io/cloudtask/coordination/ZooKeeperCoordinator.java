package io.cloudtask.coordination;

import io.cloudtask.model.wire.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;

/**
 * A session with a ZooKeeper ensemble. Every node it makes, the root and its parents included, is
 * open to holders of the cluster token only.
 *
 * <p>Three threads, so that none waits for another's business: one reads for the watches, one owns
 * the memberships, one calls the listeners.
 */
public final class ZooKeeperCoordinator implements Coordinator {
  private static final System.Logger LOG = System.getLogger(ZooKeeperCoordinator.class.getName());

  private final ZooKeeperSettings settings;
  private final CuratorFramework client;
  private final ZooKeeperNodes nodes;
  private final Loop listenerLoop = new Loop("coordination-listeners");
  private final ZooKeeperRevisions revisions;
  private final ZooKeeperRegistrar registrar;
  private final ZooKeeperPresence presence;
  private final ZooKeeperWatches watches;
  private final List<Consumer<Connection>> connectionListeners = new CopyOnWriteArrayList<>();
  private volatile Connection connection = Connection.SUSPENDED;
  private volatile boolean closed;

  private ZooKeeperCoordinator(ZooKeeperSettings settings) {
    this.settings = settings;
    this.client = ZooKeeperClient.of(settings, System::nanoTime);
    this.nodes = new ZooKeeperNodes(client, settings);
    this.revisions = new ZooKeeperRevisions(nodes);
    this.registrar = new ZooKeeperRegistrar(nodes, revisions);
    this.presence = new ZooKeeperPresence(nodes, registrar, listenerLoop, System::nanoTime);
    this.watches = new ZooKeeperWatches(nodes, listenerLoop);
  }

  /**
   * Opens a session. Returns at once, also when nobody answers: the session connects as soon as
   * somebody does, and calls wait for it for the connection timeout.
   */
  public static ZooKeeperCoordinator open(ZooKeeperSettings settings) {
    QuietLogs.apply();
    var coordinator = new ZooKeeperCoordinator(settings);
    coordinator.client.getConnectionStateListenable().addListener((c, s) -> coordinator.on(s));
    coordinator.client.start();
    return coordinator;
  }

  /** That a first connection comes about is nothing to tell anybody. */
  private static System.Logger.Level level(ConnectionState state) {
    return switch (state) {
      case CONNECTED -> System.Logger.Level.DEBUG;
      case RECONNECTED -> System.Logger.Level.INFO;
      case SUSPENDED, READ_ONLY, LOST -> System.Logger.Level.WARNING;
    };
  }

  private void on(ConnectionState state) {
    Connection now =
        switch (state) {
          case CONNECTED, RECONNECTED -> Connection.CONNECTED;
          case SUSPENDED, READ_ONLY -> Connection.SUSPENDED;
          case LOST -> Connection.LOST;
        };
    connection = now;
    if (closed) {
      return;
    }
    LOG.log(level(state), "Coordinator at {0}: {1}", settings.hosts(), now);
    presence.on(now);
    if (now == Connection.CONNECTED) {
      compareTimeout();
      watches.reset();
    }
    connectionListeners.forEach(l -> listenerLoop.run(() -> l.accept(now)));
  }

  private void compareTimeout() {
    long granted = client.getZookeeperClient().getLastNegotiatedSessionTimeoutMs();
    if (granted != settings.sessionTimeout().toMillis()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Coordinator at {0} grants sessions {1} ms and not {2} ms: its tickTime,"
              + " minSessionTimeout or maxSessionTimeout says so. Leases are half of that",
          settings.hosts(),
          granted,
          settings.sessionTimeout().toMillis());
    }
  }

  /**
   * For a start that should fail rather than wait.
   *
   * @throws CoordinationException with what to mend: nobody answers for the connection timeout, a
   *     host has no address, the root is missing, or the token is another one
   */
  public void check() throws CoordinationException {
    checkOpen();
    settings.requireAddresses();
    nodes.check();
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Subscription onConnection(Consumer<Connection> listener) {
    connectionListeners.add(listener);
    return () -> connectionListeners.remove(listener);
  }

  @Override
  public Membership join(Member member) throws CoordinationException {
    return presence.join(member);
  }

  @Override
  public RevisionMark revisionMark(String key) throws CoordinationException {
    checkOpen();
    return revisions.mark(key);
  }

  @Override
  public Registration register(Member member, RevisionMark known) throws CoordinationException {
    return presence.register(member, known);
  }

  @Override
  public OptionalLong fence(String key, long revision) throws CoordinationException {
    checkOpen();
    return registrar.fence(key, revision);
  }

  @Override
  public Candidacy lead(String centerKey, LeaderListener listener) {
    return presence.lead(centerKey, listener, watches);
  }

  @Override
  public Roster roster(int type) throws CoordinationException {
    checkOpen();
    String prefix = MemberNames.prefix(type);
    List<Member> members = new ArrayList<>();
    List<Roster.Unreadable> unreadable = new ArrayList<>();
    for (String name : nodes.names()) {
      if (name.startsWith(prefix)) {
        String key = name.substring(prefix.length());
        try {
          nodes.member(name).ifPresent(node -> members.add(new Member(key, node)));
        } catch (UnreadableException e) {
          unreadable.add(new Roster.Unreadable(key, e.getMessage()));
        }
      }
    }
    return new Roster(members, unreadable);
  }

  @Override
  public Subscription watchMembers(int type, Consumer<List<Member>> listener) {
    return watches.members(type, listener);
  }

  @Override
  public OptionalLong revision(String key) throws CoordinationException {
    checkOpen();
    return revisions.find(key);
  }

  @Override
  public void publishRevision(String key, long revision) throws CoordinationException {
    checkOpen();
    revisions.publish(key, revision);
  }

  @Override
  public Subscription watchRevision(String key, LongConsumer listener) {
    return watches.single(
        revisions.path(key),
        (path, content) -> NodeText.revision(path, content.data()),
        (Long revision) -> listener.accept(revision));
  }

  @Override
  public void ring(String bell) throws CoordinationException {
    checkOpen();
    nodes.put(nodes.path(MemberNames.bell(bell)), new byte[0]);
  }

  /** The number of the transaction tells one ring from another. */
  @Override
  public Subscription watchBell(String bell, Runnable listener) {
    return watches.single(
        nodes.path(MemberNames.bell(bell)),
        (path, content) -> content.stat().getMzxid(),
        (Long rung) -> listener.run());
  }

  @Override
  public Optional<ServerConfig> serverConfig() throws CoordinationException {
    checkOpen();
    String path = nodes.path(MemberNames.SERVER_CONFIG);
    Optional<ZooKeeperNodes.Content> content = nodes.read(path);
    return content.isPresent()
        ? Optional.of(NodeText.serverConfig(path, content.get().data()))
        : Optional.empty();
  }

  @Override
  public void publish(ServerConfig config) throws CoordinationException {
    checkOpen();
    String path = nodes.path(MemberNames.SERVER_CONFIG);
    nodes.put(path, NodeText.of(config));
  }

  @Override
  public Subscription watchServerConfig(Consumer<ServerConfig> listener) {
    return watches.single(
        nodes.path(MemberNames.SERVER_CONFIG),
        (path, content) -> NodeText.serverConfig(path, content.data()),
        listener);
  }

  /** For tests that end it. */
  long sessionId() {
    try {
      return nodes.sessionId();
    } catch (CoordinationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void checkOpen() throws CoordinationException {
    if (closed) {
      throw new CoordinationException("the session with the coordinator is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      presence.close();
      watches.close();
      listenerLoop.close();
      client.close();
      connection = Connection.LOST;
    }
  }
}
