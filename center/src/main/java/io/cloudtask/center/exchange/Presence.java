package io.cloudtask.center.exchange;

import io.cloudtask.center.lead.Members;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.wire.Node;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which agents have a node at the coordinator, as far as it told. While it does not answer
 * everything stays as it was. Thread-safe.
 */
public final class Presence implements AutoCloseable {
  private final Runnable onChange;
  private final Coordinator.Subscription subscription;
  private volatile Members members = Members.NONE;

  /**
   * Starts to watch.
   *
   * @param onChange called after somebody came, went, or said that it goes; must not block
   */
  public Presence(Coordinator coordinator, Runnable onChange) {
    this.onChange = onChange;
    this.subscription = coordinator.watchMembers(Node.AGENT, this::told);
  }

  private void told(List<Member> now) {
    Members before = members;
    Members after =
        before.then(now.stream().collect(Collectors.toUnmodifiableMap(Member::key, Member::node)));
    members = after;
    boolean same =
        before.nodes().keySet().equals(after.nodes().keySet())
            && before.signedOut().equals(after.signedOut());
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
