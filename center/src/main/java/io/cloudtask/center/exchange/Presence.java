package io.cloudtask.center.exchange;

import io.cloudtask.center.lead.Members;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Which agents have a node at the coordinator, as far as it told. While it does not answer
 * everything stays as it was. Thread-safe.
 */
public final class Presence implements AutoCloseable {
  private final Runnable onChange;
  private final Heartbeats heartbeats;
  private final Coordinator.Subscription subscription;
  private volatile Members members = Members.NONE;

  /**
   * Starts to watch.
   *
   * @param silence for which an agent that has a node may show no sign of life
   * @param ticker nanoseconds of a clock that no one sets
   * @param onChange called after somebody came, went, said that it goes, fell silent or spoke
   *     again; must not block
   */
  public Presence(
      Coordinator coordinator, Duration silence, LongSupplier ticker, Runnable onChange) {
    this.onChange = onChange;
    this.heartbeats = new Heartbeats(silence, ticker);
    this.subscription = coordinator.watchMembers(Node.AGENT, this::told);
  }

  private synchronized void told(List<Member> now) {
    Members before = members;
    Map<String, Node> nodes =
        now.stream().collect(Collectors.toUnmodifiableMap(Member::key, Member::node));
    Members after = before.then(nodes, heartbeats.silent(nodes));
    members = after;
    boolean same =
        before.nodes().keySet().equals(after.nodes().keySet())
            && before.signedOut().equals(after.signedOut())
            && before.silent().equals(after.silent());
    if (!same) {
      onChange.run();
    }
  }

  /** Who is there. */
  public Members members() {
    return members;
  }

  /**
   * Whether the coordinator knows a living process with that key which is not the one that says
   * hello. A process that was killed counts as living until its session is over.
   */
  public boolean otherLives(String key, Hello hello) {
    Node known = members.nodes().get(key);
    Node node = hello.node();
    return known != null
        && !(known.pid() == node.pid()
            && known.alivestamp() == node.alivestamp()
            && known.hostname().equals(node.hostname()));
  }

  @Override
  public void close() {
    subscription.close();
  }
}
