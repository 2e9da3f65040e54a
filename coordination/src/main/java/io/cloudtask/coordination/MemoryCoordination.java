package io.cloudtask.coordination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator without a network: one of these stands for the server, {@link #open} makes its
 * sessions. For tests and simulation, held to the same contract as the real one. Thread-safe.
 *
 * <p>With an executor and a ticker given from outside it has no thread and no time of its own: a
 * call is done when it returns, listeners are called when the executor runs them, and sessions end
 * when {@link #tick} or {@link #expire} says so. What then happens is a function of the order of
 * calls.
 */
public final class MemoryCoordination implements AutoCloseable {
  /** What sessions get unless the maker names another timeout. */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  private final Executor listeners;
  private final LongSupplier ticker;
  private final Duration sessionTimeout;
  private final @Nullable Loop owned;
  private final MemoryNodes nodes = new MemoryNodes();
  private final List<MemoryClient> clients = new ArrayList<>();
  private long lastSessionId;
  private boolean down;

  /** Calls listeners on a thread of its own; sessions end when a test says so. */
  public MemoryCoordination() {
    var loop = new Loop("memory-coordination");
    this.owned = loop;
    this.listeners = loop::run;
    this.ticker = () -> 0;
    this.sessionTimeout = SESSION_TIMEOUT;
  }

  /** Calls listeners through an executor; sessions end when a test says so. */
  public MemoryCoordination(Executor listeners) {
    this(listeners, () -> 0, SESSION_TIMEOUT);
  }

  /**
   * @param listeners calls listeners; must keep the order of each session's, and never run a task
   *     within {@code execute}
   * @param ticker nanoseconds that never go back, for {@link #tick}
   * @param sessionTimeout what each session is granted
   */
  public MemoryCoordination(Executor listeners, LongSupplier ticker, Duration sessionTimeout) {
    this.listeners = listeners;
    this.ticker = ticker;
    this.sessionTimeout = sessionTimeout;
    this.owned = null;
  }

  /** A new session. It is connected unless the server is down. */
  public synchronized MemorySession open() {
    var client = new MemoryClient(this, new MemoryLink(listeners), !down);
    clients.add(client);
    return new MemorySession(this, client);
  }

  /** Nobody is answered until {@link #restore}; sessions live on, as over a short outage. */
  public synchronized void cut() {
    down = true;
    clients.forEach(MemoryClient::reconsider);
  }

  /** Everybody is answered again, with the time of a session begun anew, as by a new leader. */
  public synchronized void restore() {
    down = false;
    clients.forEach(MemoryClient::touch);
    clients.forEach(MemoryClient::reconsider);
  }

  /**
   * Ends a session on the server, and its ephemeral nodes with it. Its client hears of it as soon
   * as it is reached, and then has a new session.
   */
  public synchronized void expire(MemorySession session) {
    expire(session.client());
  }

  private void expire(MemoryClient client) {
    client.expired();
    if (nodes.removeAll(client.id())) {
      changed();
    }
    client.reconsider();
  }

  /**
   * Lets time pass up to what the ticker says: sessions whose client is alive and reached are
   * touched, as by the client's own pings, and those of whom nothing was heard for the timeout end.
   */
  public synchronized void tick() {
    long limit = now() - sessionTimeout.toNanos();
    for (MemoryClient client : List.copyOf(clients)) {
      client.giveUp(limit);
      if (!down && client.pings()) {
        client.touch();
      } else if (!down && client.overdue(limit)) {
        expire(client);
      }
    }
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  Duration sessionTimeout() {
    return sessionTimeout;
  }

  synchronized boolean isDown() {
    return down;
  }

  /** Guarded by this. */
  MemoryNodes nodes() {
    return nodes;
  }

  long now() {
    return ticker.getAsLong();
  }

  synchronized long newSessionId() {
    return ++lastSessionId;
  }

  synchronized void end(MemoryClient client) {
    clients.remove(client);
    if (nodes.removeAll(client.id())) {
      changed();
    }
  }

  /** Has everybody look who watches something. */
  synchronized void changed() {
    List.copyOf(clients).forEach(MemoryClient::look);
  }
}
