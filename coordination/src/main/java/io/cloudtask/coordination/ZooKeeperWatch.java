package io.cloudtask.coordination;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one listener up to date with what lies at a path: sets a persistent watch, reads, and reads
 * again after each event and each new connection. A read that fails tells the listener nothing and
 * is tried again. Everything but {@link #process} happens on the watch loop of the session.
 */
final class ZooKeeperWatch<T> implements Watcher, Coordinator.Subscription {
  /** Turns what lies there into the newest value. */
  interface Reading<T> {
    /**
     * Reads all, or only the node that changed.
     *
     * @return empty when there is nothing to tell
     */
    Optional<T> read(@Nullable String changed) throws CoordinationException;
  }

  private static final System.Logger LOG = System.getLogger(ZooKeeperWatch.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ZooKeeperNodes nodes;
  private final String path;
  private final AddWatchMode mode;
  private final Reading<T> reading;
  private final Consumer<T> listener;
  private final Loop watchLoop;
  private final Loop listenerLoop;
  private final Consumer<ZooKeeperWatch<?>> onClose;
  private @Nullable T told;
  private boolean retrying;
  private volatile boolean closed;

  ZooKeeperWatch(
      ZooKeeperNodes nodes,
      Target<T> target,
      Consumer<T> listener,
      Loop watchLoop,
      Loop listenerLoop,
      Consumer<ZooKeeperWatch<?>> onClose) {
    this.nodes = nodes;
    this.path = target.path();
    this.mode = target.mode();
    this.reading = target.reading();
    this.listener = listener;
    this.watchLoop = watchLoop;
    this.listenerLoop = listenerLoop;
    this.onClose = onClose;
  }

  /** What is watched. */
  record Target<T>(String path, AddWatchMode mode, Reading<T> reading) {}

  /** Sets the watch, which a new session does not know, and reads all. */
  void reset() {
    attempt(() -> {
      nodes.watch(path, mode, this);
      tell(reading.read(null));
    });
  }

  @Override
  public void process(WatchedEvent event) {
    String changed = event.getPath();
    if (changed != null) {
      watchLoop.run(() -> attempt(() -> tell(reading.read(changed))));
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
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "Will read again: {0}", e.getMessage());
      retry();
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
      nodes.unwatch(path, this);
    } catch (CoordinationException e) {
      LOG.log(System.Logger.Level.DEBUG, "A watch stays until its session ends", e);
    }
  }
}
