package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A client of a {@link MemoryCoordination} with its session, and the faults that can befall it.
 * What it shares with the server is guarded by the server's lock; listeners are called outside of
 * it.
 */
public final class MemorySession implements Coordinator {
  /** Which way messages get lost. */
  public enum Cut {
    /** The server hears nothing: the session runs out. */
    REQUESTS,
    /** What is asked is done, and the client never learns of it. */
    ANSWERS,
    /** Both. */
    BOTH
  }

  private final MemoryCoordination server;
  private final MemoryLink link;
  private final List<Consumer<Connection>> connectionListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();
  private final List<MemoryRegistration> registrations = new CopyOnWriteArrayList<>();
  private final Map<String, Node> joined = new ConcurrentHashMap<>();
  private long id;
  private long born;
  private long touched;
  private long suspendedAt;
  private boolean dead;
  private volatile boolean frozen;
  private volatile Connection connection;
  private volatile boolean closed;

  MemorySession(MemoryCoordination server, MemoryLink link, boolean connected) {
    this.server = server;
    this.link = link;
    this.id = server.newSessionId();
    this.born = server.now();
    this.touched = born;
    this.connection = connected ? Connection.CONNECTED : Connection.SUSPENDED;
  }

  /** Cuts the way to the server until {@link #mend}. */
  public void cut(Cut cut) {
    synchronized (server) {
      link.lose(cut != Cut.ANSWERS, cut != Cut.REQUESTS);
      reconsider();
    }
  }

  /** Ends a cut. A session that ran out meanwhile is lost now, and a new one begins. */
  public void mend() {
    synchronized (server) {
      link.lose(false, false);
      reconsider();
    }
  }

  /** While true, events of watches get lost; what the client finds out by itself does not. */
  public void loseEvents(boolean lost) {
    link.loseEvents(lost);
  }

  /** A frozen process sends no pings; its session runs out. */
  public void freeze(boolean freeze) {
    frozen = freeze;
  }

  /** When the server last heard of this session, by the ticker. */
  public long touched() {
    synchronized (server) {
      return touched;
    }
  }

  boolean pings() {
    return !frozen && !dead && !closed && connection != Connection.LOST && link.there();
  }

  boolean overdue(long limit) {
    return !dead && touched <= limit;
  }

  /** A client that was not answered for the timeout gives its session up by itself. */
  void giveUp(long limit) {
    if (connection == Connection.SUSPENDED && suspendedAt <= limit) {
      moved(Connection.LOST);
    }
  }

  void touch() {
    touched = server.now();
  }

  long id() {
    return id;
  }

  long born() {
    return born;
  }

  void expired() {
    dead = true;
  }

  /** Brings the client's view of its connection up to date with how things are. */
  void reconsider() {
    if (closed) {
      return;
    }
    if (server.isDown() || !link.whole()) {
      moved(Connection.SUSPENDED);
      return;
    }
    if (dead || connection == Connection.LOST) {
      moved(Connection.LOST);
      server.nodes().removeAll(id);
      dead = false;
      id = server.newSessionId();
      born = server.now();
      touch();
      server.changed();
    }
    if (connection != Connection.CONNECTED) {
      moved(Connection.CONNECTED);
      restore();
      look();
    }
  }

  private void moved(Connection now) {
    if (connection == now || (connection == Connection.LOST && now == Connection.SUSPENDED)) {
      return;
    }
    connection = now;
    suspendedAt = server.now();
    connectionListeners.forEach(l -> link.own(() -> l.accept(now)));
    if (now == Connection.LOST) {
      registrations.forEach(MemoryRegistration::lost);
    }
    look();
  }

  /** The name may still be held by somebody else; its next pulse tries again. */
  private void restore() {
    joined.forEach((name, node) -> {
      if (!server.nodes().has(name)) {
        server.nodes().create(name, node, id);
        server.changed();
      }
    });
  }

  /** Has every watch look whether its value has changed. */
  void look() {
    looks.forEach(Runnable::run);
  }

  /** What the server does with a request. */
  interface Request<T> {
    T on(MemoryNodes nodes) throws CoordinationException;
  }

  /** Sends a request and waits for the answer. */
  <T> T ask(Request<T> request) throws CoordinationException {
    synchronized (server) {
      if (closed) {
        throw new CoordinationException("the session with the coordinator is closed");
      }
      if (server.isDown() || dead || !link.there()) {
        throw new CoordinationException("the coordinator does not answer");
      }
      touch();
      try {
        T answer = request.on(server.nodes());
        if (link.back()) {
          return answer;
        }
      } catch (CoordinationException refused) {
        if (link.back()) {
          throw refused;
        }
      }
      throw new CoordinationException("the coordinator does not answer");
    }
  }

  /** The same, for a request that changes something. */
  void tell(Consumer<MemoryNodes> change) throws CoordinationException {
    ask(nodes -> {
      change.accept(nodes);
      server.changed();
      return true;
    });
  }

  MemoryCoordination server() {
    return server;
  }

  MemoryLink link() {
    return link;
  }

  boolean isClosed() {
    return closed;
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
    ask(nodes -> {
      if (!nodes.has(name)) {
        nodes.create(name, node, id);
      } else if (nodes.ownedBy(name, id)) {
        nodes.write(name, node);
      } else {
        throw MemoryRegistration.taken(name);
      }
      server.changed();
      return true;
    });
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
      remove(name);
    }
  }

  /** Removes what is ours, if the server can be told. */
  void remove(String name) {
    synchronized (server) {
      if (!server.isDown() && link.there() && server.nodes().remove(name, id)) {
        server.changed();
      }
    }
  }

  @Override
  public List<Member> members(int type) throws CoordinationException {
    return ask(nodes -> membersIn(nodes, type));
  }

  private static List<Member> membersIn(MemoryNodes nodes, int type) {
    String prefix = MemberNames.prefix(type);
    List<Member> members = new ArrayList<>();
    nodes
        .startingWith(prefix)
        .forEach(e ->
            members.add(
                new Member(e.getKey().substring(prefix.length()), (Node) e.getValue().value())));
    return List.copyOf(members);
  }

  @Override
  public Subscription watchMembers(int type, Consumer<List<Member>> listener) {
    return watch(() -> Optional.of(membersIn(server.nodes(), type)), listener);
  }

  @Override
  public OptionalLong revision(String key) throws CoordinationException {
    String name = MemberNames.revision(key);
    return ask(nodes ->
        nodes.find(name).map(e -> OptionalLong.of((Long) e.value())).orElse(OptionalLong.empty()));
  }

  @Override
  public void publishRevision(String key, long revision) throws CoordinationException {
    String name = MemberNames.revision(key);
    tell(nodes -> {
      if (nodes.find(name).isEmpty() || (Long) nodes.find(name).get().value() < revision) {
        nodes.write(name, revision);
      }
    });
  }

  @Override
  public Subscription watchRevision(String key, LongConsumer listener) {
    String name = MemberNames.revision(key);
    return watch(
        () -> server.nodes().find(name).map(e -> (Long) e.value()),
        (Long revision) -> listener.accept(revision));
  }

  @Override
  public RevisionMark revisionMark(String key) throws CoordinationException {
    return ask(nodes -> MemoryRegistration.mark(nodes, key));
  }

  @Override
  public Registration register(Member member, RevisionMark known) throws CoordinationException {
    MemoryRegistration registration =
        ask(nodes -> MemoryRegistration.make(this, nodes, member, known));
    registrations.add(registration);
    return registration;
  }

  void forget(MemoryRegistration registration) {
    registrations.remove(registration);
  }

  @Override
  public boolean fence(String key, long revision) throws CoordinationException {
    return ask(nodes -> MemoryRegistration.fence(this, nodes, key, revision));
  }

  @Override
  public Candidacy lead(String centerKey, LeaderListener listener) {
    var candidacy = new MemoryCandidacy(this, centerKey, listener);
    synchronized (server) {
      looks.add(candidacy);
      candidacy.run();
    }
    return candidacy;
  }

  void unwatch(Runnable look) {
    looks.remove(look);
  }

  @Override
  public void ring(String bell) throws CoordinationException {
    String name = MemberNames.bell(bell);
    tell(nodes -> nodes.write(name, true));
  }

  @Override
  public Subscription watchBell(String bell, Runnable listener) {
    String name = MemberNames.bell(bell);
    return watch(() -> server.nodes().find(name), (MemoryNodes.Entry rung) -> listener.run());
  }

  @Override
  public Optional<ServerConfig> serverConfig() throws CoordinationException {
    return ask(MemorySession::configIn);
  }

  private static Optional<ServerConfig> configIn(MemoryNodes nodes) {
    return nodes.find(MemberNames.SERVER_CONFIG).map(e -> (ServerConfig) e.value());
  }

  @Override
  public void publish(ServerConfig config) throws CoordinationException {
    tell(nodes -> nodes.write(MemberNames.SERVER_CONFIG, config));
  }

  @Override
  public Subscription watchServerConfig(Consumer<ServerConfig> listener) {
    return watch(() -> configIn(server.nodes()), listener);
  }

  private <T> Subscription watch(Supplier<Optional<T>> value, Consumer<T> listener) {
    var watch = new MemoryWatch<T>(this, value, listener);
    synchronized (server) {
      looks.add(watch);
      watch.run();
    }
    return watch;
  }

  @Override
  public void close() {
    synchronized (server) {
      if (!closed) {
        closed = true;
        connection = Connection.LOST;
        server.end(this);
      }
    }
  }
}
