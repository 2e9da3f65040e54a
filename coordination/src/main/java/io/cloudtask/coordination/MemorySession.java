package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session with a {@link MemoryCoordination}. */
public final class MemorySession implements Coordinator {
  private final MemoryCoordination server;
  private final List<Consumer<Connection>> connectionListeners = new CopyOnWriteArrayList<>();
  private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();
  private final Map<String, Node> joined = new ConcurrentHashMap<>();
  private volatile Connection connection;
  private volatile boolean closed;

  MemorySession(MemoryCoordination server, boolean connected) {
    this.server = server;
    this.connection = connected ? Connection.CONNECTED : Connection.SUSPENDED;
  }

  void moved(Connection now) {
    if (closed) {
      return;
    }
    connection = now;
    connectionListeners.forEach(l -> server.listeners().execute(() -> l.accept(now)));
    if (now == Connection.CONNECTED) {
      joined.forEach((name, node) -> server.put(name, presence(node)));
      look();
    }
  }

  /** Has every watch look whether its value has changed. */
  void look() {
    watches.forEach(Watch::look);
  }

  private MemoryCoordination.Presence presence(Node node) {
    return new MemoryCoordination.Presence(this, node);
  }

  private void check() throws CoordinationException {
    if (closed) {
      throw new CoordinationException("the session with the coordinator is closed");
    }
    if (connection != Connection.CONNECTED || server.isDown()) {
      throw new CoordinationException("the coordinator does not answer");
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
    String name = MemberNames.member(member);
    write(name, member.node());
    joined.put(name, member.node());
    return new Presence(name);
  }

  private void write(String name, Node node) throws CoordinationException {
    check();
    if (!server.put(name, presence(node))) {
      throw new CoordinationException(
          name + " belongs to another living session: a node with the same key runs elsewhere");
    }
  }

  private final class Presence implements Membership {
    private final String name;

    Presence(String name) {
      this.name = name;
    }

    @Override
    public void pulse(Node node) throws CoordinationException {
      if (joined.computeIfPresent(name, (n, old) -> node) == null) {
        throw new CoordinationException(name + " was left");
      }
      write(name, node);
    }

    @Override
    public void leave() {
      joined.remove(name);
      server.remove(name, MemorySession.this);
    }
  }

  @Override
  public List<Member> members(int type) throws CoordinationException {
    check();
    return server.members(type);
  }

  @Override
  public Subscription watchMembers(int type, Consumer<List<Member>> listener) {
    return watch(() -> Optional.of(server.members(type)), listener);
  }

  @Override
  public OptionalLong revision(String key) throws CoordinationException {
    check();
    Optional<Long> revision = server.revision(MemberNames.revision(key));
    return revision.isPresent() ? OptionalLong.of(revision.get()) : OptionalLong.empty();
  }

  @Override
  public void publishRevision(String key, long revision) throws CoordinationException {
    check();
    server.raise(MemberNames.revision(key), revision);
  }

  @Override
  public Subscription watchRevision(String key, LongConsumer listener) {
    String name = MemberNames.revision(key);
    return watch(() -> server.revision(name), (Long revision) -> listener.accept(revision));
  }

  @Override
  public Optional<ServerConfig> serverConfig() throws CoordinationException {
    check();
    return server.config();
  }

  @Override
  public void publish(ServerConfig config) throws CoordinationException {
    check();
    server.config(config);
  }

  @Override
  public Subscription watchServerConfig(Consumer<ServerConfig> listener) {
    return watch(server::config, listener);
  }

  private <T> Subscription watch(Supplier<Optional<T>> value, Consumer<T> listener) {
    var watch = new Watch<T>(value, listener);
    watches.add(watch);
    watch.look();
    return watch;
  }

  /** Confined to the listeners' thread, but for its end. */
  private final class Watch<T> implements Subscription {
    private final Supplier<Optional<T>> value;
    private final Consumer<T> listener;
    private @Nullable T told;

    Watch(Supplier<Optional<T>> value, Consumer<T> listener) {
      this.value = value;
      this.listener = listener;
    }

    /** The value is taken now and told later, so that each change is told. */
    void look() {
      synchronized (server) {
        if (connection == Connection.CONNECTED) {
          value.get().ifPresent(now -> server.listeners().execute(() -> tell(now)));
        }
      }
    }

    private void tell(T now) {
      if (!closed && watches.contains(this) && !now.equals(told)) {
        told = now;
        listener.accept(now);
      }
    }

    @Override
    public void close() {
      watches.remove(this);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      connection = Connection.LOST;
      server.end(this);
    }
  }
}
