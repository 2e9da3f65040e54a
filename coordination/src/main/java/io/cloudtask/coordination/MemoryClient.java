package io.cloudtask.coordination;

import io.cloudtask.coordination.Coordinator.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The life of a twin's client: its connection, its session after session, and what a request goes
 * through. Guarded by the server's lock, but for what is volatile; listeners are called outside.
 */
final class MemoryClient {
  private final MemoryCoordination server;
  private final MemoryLink link;
  private final List<Consumer<Connection>> connectionListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();
  private long id;
  private long born;
  private long touched;
  private long suspendedAt;
  private boolean dead;
  private volatile boolean frozen;
  private volatile Connection connection;
  private volatile boolean closed;

  MemoryClient(MemoryCoordination server, MemoryLink link, boolean connected) {
    this.server = server;
    this.link = link;
    this.id = server.newSessionId();
    this.born = server.now();
    this.touched = born;
    this.connection = connected ? Connection.CONNECTED : Connection.SUSPENDED;
  }

  void freeze(boolean freeze) {
    frozen = freeze;
    reconsider();
    look();
  }

  long touched() {
    return touched;
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
    if (closed || frozen) {
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
    look();
  }

  /** Has every watch look whether its value has changed; a frozen process does when it wakes. */
  void look() {
    if (!frozen) {
      looks.forEach(Runnable::run);
    }
  }

  void watch(Runnable look) {
    looks.add(look);
    look.run();
  }

  void unwatch(Runnable look) {
    looks.remove(look);
  }

  void onConnection(Consumer<Connection> listener) {
    connectionListeners.add(listener);
  }

  void offConnection(Consumer<Connection> listener) {
    connectionListeners.remove(listener);
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

  /** Removes what is ours, if the server can be told. */
  void remove(String name) {
    synchronized (server) {
      if (!server.isDown() && link.there() && server.nodes().remove(name, id)) {
        server.changed();
      }
    }
  }

  MemoryCoordination server() {
    return server;
  }

  MemoryLink link() {
    return link;
  }

  Connection connection() {
    return connection;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    if (!closed) {
      closed = true;
      connection = Connection.LOST;
      server.end(this);
    }
  }
}
