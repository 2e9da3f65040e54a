package io.cloudtask.coordination;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one listener up to date with what is read: sets persistent watches, reads, and reads again
 * after each event and each new connection. Events that come while one of the same node waits are
 * one. A read that fails tells the listener nothing and is tried again. Everything but {@link
 * #process} happens on the watch loop of the session.
 */
final class ZooKeeperWatch<T> implements Watcher, Coordinator.Subscription {
  /** Turns what lies there into the newest value. */
  interface Reading<T> {
    /** Sets its watches, of which a new session knows none. */
    void watch(Watcher watcher) throws CoordinationException;

    void unwatch(Watcher watcher) throws CoordinationException;

    /**
     * Reads all, or only what changed.
     *
     * @param changed the path of a node; null to read all
     * @return empty when there is nothing to tell
     */
    Optional<T> read(Watcher watcher, @Nullable String changed) throws CoordinationException;
  }

  private static final System.Logger LOG = System.getLogger(ZooKeeperWatch.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Reading<T> reading;
  private final Consumer<T> listener;
  private final Loop watchLoop;
  private final Loop listenerLoop;
  private final Consumer<ZooKeeperWatch<?>> onClose;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private @Nullable T told;
  private boolean retrying;
  private String said = "";
  private volatile boolean closed;

  ZooKeeperWatch(
      Reading<T> reading,
      Consumer<T> listener,
      Loop watchLoop,
      Loop listenerLoop,
      Consumer<ZooKeeperWatch<?>> onClose) {
    this.reading = reading;
    this.listener = listener;
    this.watchLoop = watchLoop;
    this.listenerLoop = listenerLoop;
    this.onClose = onClose;
  }

  /** Sets the watches anew and reads all. */
  void reset() {
    attempt(() -> {
      reading.watch(this);
      tell(reading.read(this, null));
      said = "";
    });
  }

  @Override
  public void process(WatchedEvent event) {
    String changed = event.getPath();
    if (changed != null && waiting.add(changed)) {
      watchLoop.run(() -> {
        waiting.remove(changed);
        attempt(() -> tell(reading.read(this, changed)));
      });
    }
  }

  private interface Attempt {
    void run() throws CoordinationException;
  }

  private void attempt(Attempt attempt) {
    if (closed) {
      return;
    }
    try {
      attempt.run();
    } catch (UnreadableException e) {
      say(e.getMessage());
      retry();
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "Will read again: {0}", e.getMessage());
      retry();
    }
  }

  private void say(String what) {
    if (!said.equals(what)) {
      said = what;
      LOG.log(System.Logger.Level.WARNING, "Kept as it was, will look again: {0}", what);
    }
  }

  private void retry() {
    if (!retrying) {
      retrying = true;
      watchLoop.runIn(
          RETRY,
          () -> {
            retrying = false;
            reset();
          });
    }
  }

  private void tell(Optional<T> value) {
    if (value.isPresent() && !value.get().equals(told)) {
      told = value.get();
      listenerLoop.run(() -> callBack(value.get()));
    }
  }

  private void callBack(T value) {
    if (!closed) {
      listener.accept(value);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.accept(this);
      watchLoop.run(this::unwatch);
    }
  }

  private void unwatch() {
    try {
      reading.unwatch(this);
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "A watch stays until its session ends", e);
    }
  }
}
