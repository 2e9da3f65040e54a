package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;

/**
 * A session with a ZooKeeper ensemble. Every node it makes, the root and its parents included, is
 * open to holders of the cluster token only.
 *
 * <p>Three threads, so that none waits for another's business: one reads for the watches, one owns
 * the memberships, one calls the listeners.
 */
public final class ZooKeeperCoordinator implements Coordinator {
  private static final System.Logger LOG = System.getLogger(ZooKeeperCoordinator.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ZooKeeperSettings settings;
  private final CuratorFramework client;
  private final ZooKeeperNodes nodes;
  private final Loop watchLoop = new Loop("coordination-watch");
  private final Loop presenceLoop = new Loop("coordination-presence");
  private final Loop listenerLoop = new Loop("coordination-listeners");
  private final Set<ZooKeeperWatch<?>> watches = ConcurrentHashMap.newKeySet();
  private final List<ZooKeeperMembership> memberships = new CopyOnWriteArrayList<>();
  private final List<Consumer<Connection>> connectionListeners = new CopyOnWriteArrayList<>();
  private volatile Connection connection = Connection.SUSPENDED;
  private volatile boolean closed;

  private ZooKeeperCoordinator(ZooKeeperSettings settings) {
    this.settings = settings;
    this.client = ZooKeeperClient.of(settings);
    this.nodes = new ZooKeeperNodes(client, settings.root());
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
    LOG.log(
        now == Connection.CONNECTED ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        "Coordinator at {0}: {1}",
        settings.hosts(),
        now);
    if (now == Connection.CONNECTED) {
      presenceLoop.run(this::guardRoot);
      memberships.forEach(m -> presenceLoop.run(() -> restore(m)));
      watches.forEach(w -> watchLoop.run(w::reset));
    }
    connectionListeners.forEach(l -> listenerLoop.run(() -> l.accept(now)));
  }

  private void guardRoot() {
    try {
      nodes.guardRoot();
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.WARNING, "Could not guard the root: {0}", e.getMessage());
    }
  }

  /** The old session's node may still be there for a moment: so it is tried until it succeeds. */
  private void restore(ZooKeeperMembership membership) {
    try {
      membership.restore();
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "Will sign in again: {0}", e.getMessage());
      if (connection == Connection.CONNECTED) {
        presenceLoop.runIn(RETRY, () -> restore(membership));
      }
    }
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
    var membership = new ZooKeeperMembership(nodes, MemberNames.member(member), member.node());
    presenceLoop.call(() -> {
      membership.claim();
      return memberships.add(membership);
    });
    return new Presence(membership);
  }

  private final class Presence implements Membership {
    private final ZooKeeperMembership membership;

    Presence(ZooKeeperMembership membership) {
      this.membership = membership;
    }

    @Override
    public void pulse(Node node) throws CoordinationException {
      presenceLoop.call(() -> {
        membership.pulse(node);
        return true;
      });
    }

    @Override
    public void leave() {
      memberships.remove(membership);
      try {
        presenceLoop.call(() -> {
          membership.leave();
          return true;
        });
      } catch (CoordinationException e) {
        LOG.log(
            System.Logger.Level.DEBUG,
            "{0} stays until its session ends: {1}",
            membership.path(),
            e.getMessage());
      }
    }
  }

  @Override
  public List<Member> members(int type) throws CoordinationException {
    checkOpen();
    String prefix = MemberNames.prefix(type);
    List<Member> members = new ArrayList<>();
    for (String name : nodes.names()) {
      if (name.startsWith(prefix)) {
        Optional<ZooKeeperNodes.Content> content = nodes.read(nodes.path(name));
        if (content.isPresent()) {
          Node node = NodeText.node(nodes.path(name), content.get().data());
          members.add(new Member(name.substring(prefix.length()), node));
        }
      }
    }
    return List.copyOf(members);
  }

  @Override
  public Subscription watchMembers(int type, Consumer<List<Member>> listener) {
    return watch(
        new ZooKeeperWatch.Target<>(
            settings.root(), AddWatchMode.PERSISTENT_RECURSIVE, new MembersReading(nodes, type)),
        listener);
  }

  @Override
  public OptionalLong revision(String key) throws CoordinationException {
    checkOpen();
    String path = nodes.path(MemberNames.revision(key));
    Optional<ZooKeeperNodes.Content> content = nodes.read(path);
    return content.isPresent()
        ? OptionalLong.of(NodeText.revision(path, content.get().data()))
        : OptionalLong.empty();
  }

  @Override
  public void publishRevision(String key, long revision) throws CoordinationException {
    checkOpen();
    String path = nodes.path(MemberNames.revision(key));
    byte[] text = NodeText.of(revision);
    while (!nodes.create(path, text, CreateMode.PERSISTENT)) {
      Optional<ZooKeeperNodes.Content> found = nodes.read(path);
      if (found.isPresent()
          && (NodeText.revision(path, found.get().data()) >= revision
              || nodes.write(path, text, found.get().stat().getVersion()).isPresent())) {
        return;
      }
    }
  }

  @Override
  public Subscription watchRevision(String key, LongConsumer listener) {
    String path = nodes.path(MemberNames.revision(key));
    return watch(single(path, NodeText::revision), (Long revision) -> listener.accept(revision));
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
    byte[] text = NodeText.of(config);
    while (!nodes.create(path, text, CreateMode.PERSISTENT)) {
      if (nodes.write(path, text, -1).isPresent()) {
        return;
      }
    }
  }

  @Override
  public Subscription watchServerConfig(Consumer<ServerConfig> listener) {
    String path = nodes.path(MemberNames.SERVER_CONFIG);
    return watch(single(path, NodeText::serverConfig), listener);
  }

  private interface Parser<T> {
    T parse(String path, byte[] text) throws CoordinationException;
  }

  private <T> ZooKeeperWatch.Target<T> single(String path, Parser<T> parser) {
    return new ZooKeeperWatch.Target<>(
        path,
        AddWatchMode.PERSISTENT,
        changed -> {
          Optional<ZooKeeperNodes.Content> content = nodes.read(path);
          return content.isPresent() ? parsed(path, content.get(), parser) : Optional.empty();
        });
  }

  /** What somebody wrote there by hand stays unreadable until it changes: no use to ask again. */
  private static <T> Optional<T> parsed(
      String path, ZooKeeperNodes.Content content, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(path, content.data()));
    } catch (CoordinationException unreadable) {
      LOG.log(System.Logger.Level.WARNING, "Kept as it was: {0}", unreadable.getMessage());
      return Optional.empty();
    }
  }

  private <T> Subscription watch(ZooKeeperWatch.Target<T> target, Consumer<T> listener) {
    var watch =
        new ZooKeeperWatch<T>(nodes, target, listener, watchLoop, listenerLoop, watches::remove);
    watches.add(watch);
    watchLoop.run(watch::reset);
    return watch;
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
      presenceLoop.close();
      watchLoop.close();
      listenerLoop.close();
      client.close();
      connection = Connection.LOST;
    }
  }
}
