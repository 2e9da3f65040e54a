package io.cloudtask.coordination;

import io.cloudtask.coordination.Coordinator.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.zookeeper.Watcher;
import org.jspecify.annotations.Nullable;

/** The watches of one client. Thread-safe. */
final class ZooKeeperWatches implements AutoCloseable {
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
    return watch(new Single<>(nodes, path, parser, Optional.empty()), listener);
  }

  /** Tells of every change of a node, also of its end. */
  Subscription changes(String path, Runnable listener) {
    return watch(
        new Single<>(nodes, path, (p, content) -> content.stat().getMzxid(), Optional.of(0L)),
        transaction -> listener.run());
  }

  /**
   * @param absent what is told when there is no node
   */
  private record Single<T>(ZooKeeperNodes nodes, String path, Parser<T> parser, Optional<T> absent)
      implements ZooKeeperWatch.Reading<T> {
    @Override
    public void watch(Watcher watcher) throws CoordinationException {
      nodes.watch(path, watcher);
    }

    @Override
    public void unwatch(Watcher watcher) throws CoordinationException {
      nodes.unwatch(path, watcher);
    }

    @Override
    public Optional<T> read(Watcher watcher, @Nullable String changed)
        throws CoordinationException {
      Optional<ZooKeeperNodes.Content> content = nodes.read(path);
      return content.isPresent() ? Optional.of(parser.parse(path, content.get())) : absent;
    }
  }

  Subscription members(int type, Consumer<List<Member>> listener) {
    return watch(new MembersReading(nodes, type), listener);
  }

  private <T> Subscription watch(ZooKeeperWatch.Reading<T> reading, Consumer<T> listener) {
    var watch = new ZooKeeperWatch<T>(reading, listener, watchLoop, listenerLoop, watches::remove);
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
