package io.cloudtask.center.exchange;

import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries who is signed in at the coordinator into the store. While the coordinator does not answer
 * everything stays as it was. Thread-safe.
 */
public final class Presence implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Presence.class.getName());

  private final Store store;
  private final Runnable onChange;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("presence").factory());
  private final Coordinator.Subscription subscription;
  private volatile Map<String, Node> signedIn = Map.of();
  private @Nullable Set<String> written;

  /**
   * Starts to watch.
   *
   * @param onChange called after somebody came or went; must not block for long
   */
  public Presence(Store store, Coordinator coordinator, Runnable onChange) {
    this.store = store;
    this.onChange = onChange;
    this.subscription = coordinator.watchMembers(Node.AGENT, this::told);
  }

  /** The coordinator must not wait for the store, so the writing is done elsewhere. */
  private void told(List<Member> members) {
    signedIn =
        members.stream()
            .filter(member -> member.node().singin())
            .collect(Collectors.toUnmodifiableMap(Member::key, Member::node));
    try {
      writer.execute(this::write);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.TRACE, "A change of the members came after the end");
    }
  }

  private void write() {
    Set<String> keys = signedIn.keySet();
    if (keys.equals(written)) {
      return;
    }
    try {
      boolean changed = store.write(tx -> tx.agents().online(keys));
      written = keys;
      if (changed) {
        onChange.run();
      }
    } catch (StoreException e) {
      // The next heartbeat of anybody brings it up again.
      LOG.log(System.Logger.Level.WARNING, "Could not note who is signed in", e);
    }
  }

  /** The agents that are signed in, as far as the coordinator told. */
  public Set<String> signedIn() {
    return signedIn.keySet();
  }

  /**
   * Whether the coordinator knows a living process with that key which is not the one that says
   * hello. A process that was killed counts as living until its session is over.
   */
  public boolean otherLives(String key, Hello hello) {
    Node known = signedIn.get(key);
    Node node = hello.node();
    return known != null
        && !(known.pid() == node.pid()
            && known.alivestamp() == node.alivestamp()
            && known.hostname().equals(node.hostname()));
  }

  @Override
  public void close() {
    subscription.close();
    writer.shutdown();
    try {
      if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "Noting who is signed in does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
