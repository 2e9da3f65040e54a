package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator without a network: one of these stands for the server, {@link #open} makes its
 * sessions. For tests and simulation, held to the same contract as the real one. Thread-safe.
 */
public final class MemoryCoordination implements AutoCloseable {
  /** A signed-in node and the session it dies with. */
  record Presence(MemorySession owner, Node node) {}

  private final Executor listeners;
  private final @Nullable Loop owned;
  private final Map<String, Presence> present = new TreeMap<>();
  private final Map<String, Long> revisions = new HashMap<>();
  private final List<MemorySession> sessions = new ArrayList<>();
  private @Nullable ServerConfig config;
  private boolean down;

  /** Calls listeners on a thread of its own. */
  public MemoryCoordination() {
    var loop = new Loop("memory-coordination");
    this.owned = loop;
    this.listeners = loop::run;
  }

  /**
   * Calls listeners through an executor, which must keep the order and never run a task within
   * {@code execute}.
   */
  public MemoryCoordination(Executor listeners) {
    this.listeners = listeners;
    this.owned = null;
  }

  /** A new session. It is connected unless the server is down. */
  public synchronized MemorySession open() {
    var session = new MemorySession(this, !down);
    sessions.add(session);
    return session;
  }

  /** Nobody is answered until {@link #restore}; sessions live on, as over a short outage. */
  public void cut() {
    List<MemorySession> all;
    synchronized (this) {
      down = true;
      all = List.copyOf(sessions);
    }
    all.forEach(s -> s.moved(Coordinator.Connection.SUSPENDED));
  }

  /** Everybody is answered again. */
  public void restore() {
    List<MemorySession> all;
    synchronized (this) {
      down = false;
      all = List.copyOf(sessions);
    }
    all.forEach(s -> s.moved(Coordinator.Connection.CONNECTED));
  }

  /** A session dies and its ephemeral nodes with it; it then connects anew by itself. */
  public void expire(MemorySession session) {
    drop(session);
    session.moved(Coordinator.Connection.LOST);
    if (!isDown()) {
      session.moved(Coordinator.Connection.CONNECTED);
    }
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  synchronized boolean isDown() {
    return down;
  }

  Executor listeners() {
    return listeners;
  }

  /** Writes a presence; false when another session holds the name. */
  synchronized boolean put(String name, Presence presence) {
    Presence now = present.get(name);
    if (now != null && now.owner() != presence.owner()) {
      return false;
    }
    present.put(name, presence);
    changed();
    return true;
  }

  synchronized void remove(String name, MemorySession owner) {
    Presence now = present.get(name);
    if (now != null && now.owner() == owner) {
      present.remove(name);
      changed();
    }
  }

  synchronized void end(MemorySession session) {
    sessions.remove(session);
    drop(session);
  }

  private synchronized void drop(MemorySession session) {
    if (present.values().removeIf(p -> p.owner() == session)) {
      changed();
    }
  }

  synchronized List<Member> members(int type) {
    String prefix = MemberNames.prefix(type);
    return present.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .map(e -> new Member(e.getKey().substring(prefix.length()), e.getValue().node()))
        .toList();
  }

  synchronized Optional<Long> revision(String name) {
    return Optional.ofNullable(revisions.get(name));
  }

  synchronized void raise(String name, long revision) {
    if (revision > revisions.getOrDefault(name, Long.MIN_VALUE)) {
      revisions.put(name, revision);
      changed();
    }
  }

  synchronized Optional<ServerConfig> config() {
    return Optional.ofNullable(config);
  }

  synchronized void config(ServerConfig value) {
    config = value;
    changed();
  }

  private void changed() {
    sessions.forEach(MemorySession::look);
  }
}
