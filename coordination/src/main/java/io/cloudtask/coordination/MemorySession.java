package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final MemoryClient client;

  MemorySession(MemoryCoordination server, MemoryClient client) {
    this.server = server;
    this.client = client;
  }

  /** Cuts the way to the server until {@link #mend}. */
  public void cut(Cut cut) {
    synchronized (server) {
      client.link().lose(cut != Cut.ANSWERS, cut != Cut.REQUESTS);
      client.reconsider();
    }
  }

  /** Ends a cut. A session that ran out meanwhile is lost now, and a new one begins. */
  public void mend() {
    synchronized (server) {
      client.link().lose(false, false);
      client.reconsider();
    }
  }

  /** While true, events of watches get lost; what the client finds out by itself does not. */
  public void loseEvents(boolean lost) {
    client.link().loseEvents(lost);
  }

  /** A frozen process sends no pings; its session runs out. */
  public void freeze(boolean freeze) {
    synchronized (server) {
      client.freeze(freeze);
    }
  }

  /** When the server last heard of this session, by the ticker. */
  public long touched() {
    synchronized (server) {
      return client.touched();
    }
  }

  MemoryClient client() {
    return client;
  }

  @Override
  public Connection connection() {
    return client.connection();
  }

  @Override
  public Subscription onConnection(Consumer<Connection> listener) {
    client.onConnection(listener);
    return () -> client.offConnection(listener);
  }

  @Override
  public Membership join(Member member) throws CoordinationException {
    var membership = new MemoryMembership(client, member);
    synchronized (server) {
      membership.claim();
      client.watch(membership);
    }
    return membership;
  }

  @Override
  public Roster roster(int type) throws CoordinationException {
    return new Roster(client.ask(nodes -> membersIn(nodes, type)), List.of());
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
    return client.ask(nodes ->
        nodes.find(name).map(e -> OptionalLong.of((Long) e.value())).orElse(OptionalLong.empty()));
  }

  @Override
  public void publishRevision(String key, long revision) throws CoordinationException {
    String name = MemberNames.revision(key);
    client.tell(nodes -> {
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
    return client.ask(nodes -> MemoryRegistration.mark(nodes, key));
  }

  @Override
  public Registration register(Member member, RevisionMark known) throws CoordinationException {
    return client.ask(nodes -> MemoryRegistration.make(client, nodes, member, known));
  }

  @Override
  public OptionalLong fence(String key, long revision) throws CoordinationException {
    return client.ask(nodes -> MemoryRegistration.fence(client, nodes, key, revision));
  }

  @Override
  public Candidacy lead(String centerKey, LeaderListener listener) {
    var candidacy = new MemoryCandidacy(client, centerKey, listener);
    synchronized (server) {
      client.watch(candidacy);
    }
    return candidacy;
  }

  @Override
  public void ring(String bell) throws CoordinationException {
    String name = MemberNames.bell(bell);
    client.tell(nodes -> nodes.write(name, true));
  }

  @Override
  public Subscription watchBell(String bell, Runnable listener) {
    String name = MemberNames.bell(bell);
    return watch(() -> server.nodes().find(name), (MemoryNodes.Entry rung) -> listener.run());
  }

  @Override
  public Optional<ServerConfig> serverConfig() throws CoordinationException {
    return client.ask(MemorySession::configIn);
  }

  private static Optional<ServerConfig> configIn(MemoryNodes nodes) {
    return nodes.find(MemberNames.SERVER_CONFIG).map(e -> (ServerConfig) e.value());
  }

  @Override
  public void publish(ServerConfig config) throws CoordinationException {
    client.tell(nodes -> nodes.write(MemberNames.SERVER_CONFIG, config));
  }

  @Override
  public Subscription watchServerConfig(Consumer<ServerConfig> listener) {
    return watch(() -> configIn(server.nodes()), listener);
  }

  private <T> Subscription watch(Supplier<Optional<T>> value, Consumer<T> listener) {
    var watch = new MemoryWatch<T>(client, value, listener);
    synchronized (server) {
      client.watch(watch);
    }
    return watch;
  }

  @Override
  public void close() {
    synchronized (server) {
      client.close();
    }
  }
}
