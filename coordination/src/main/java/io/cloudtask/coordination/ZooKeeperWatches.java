package io.cloudtask.coordination;

import io.cloudtask.coordination.Coordinator.Subscription;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.zookeeper.AddWatchMode;

/** The watches of one client. Thread-safe. */
final class ZooKeeperWatches implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ZooKeeperWatches.class.getName());

  private final ZooKeeperNodes nodes;
  private final Loop watchLoop = new Loop("coordination-watch");
  private final Loop listenerLoop;
  private final Set<ZooKeeperWatch<?>> watches = ConcurrentHashMap.newKeySet();

  ZooKeeperWatches(ZooKeeperNodes nodes, Loop listenerLoop) {
    this.nodes = nodes;
    this.listenerLoop = listenerLoop;
  }

  interface Parser<T> {
    T parse(String path, ZooKeeperNodes.Content content) throws CoordinationException;
  }

  /** Watches one node; its removal is nothing to tell. */
  <T> Subscription single(String path, Parser<T> parser, Consumer<T> listener) {
    return watch(
        new ZooKeeperWatch.Target<>(
            path,
            AddWatchMode.PERSISTENT,
            changed -> {
              Optional<ZooKeeperNodes.Content> content = nodes.read(path);
              return content.isPresent() ? parsed(path, content.get(), parser) : Optional.empty();
            }),
        listener);
  }

  /** What somebody wrote there by hand stays unreadable until it changes: no use to ask again. */
  private static <T> Optional<T> parsed(
      String path, ZooKeeperNodes.Content content, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(path, content));
    } catch (CoordinationException unreadable) {
      LOG.log(System.Logger.Level.WARNING, "Kept as it was: {0}", unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** Watches whose node it is; that it is nobody's is told too. */
  Subscription owner(String path, Consumer<Long> listener) {
    return watch(
        new ZooKeeperWatch.Target<>(
            path,
            AddWatchMode.PERSISTENT,
            changed ->
                Optional.of(nodes.read(path).map(c -> c.stat().getEphemeralOwner()).orElse(0L))),
        listener);
  }

  <T> Subscription watch(ZooKeeperWatch.Target<T> target, Consumer<T> listener) {
    var watch =
        new ZooKeeperWatch<T>(nodes, target, listener, watchLoop, listenerLoop, watches::remove);
    watches.add(watch);
    watchLoop.run(watch::reset);
    return watch;
  }

  /** A new connection may be a new session, which knows no watches; and events may be lost. */
  void reset() {
    watches.forEach(w -> watchLoop.run(w::reset));
  }

  @Override
  public void close() {
    watchLoop.close();
  }
}
