package io.cloudtask.agent.presence;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.model.wire.Node;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Who has the key that this agent wants to register with. Pure functions but for the question. */
final class Holder {
  private Holder() {}

  /** Asks the coordinator; empty when it has gone meanwhile. */
  static Optional<Node> of(Coordinator session, String key) throws CoordinationException {
    return session.members(Node.AGENT).stream()
        .filter(member -> member.key().equals(key))
        .map(Member::node)
        .findFirst();
  }

  /**
   * Whether it is what an earlier process of this agent has left: the coordinator lets go of that
   * by itself, as soon as its session is over.
   */
  static boolean isLeftOver(Node holder, Node own, LongPredicate lives) {
    return holder.hostname().equals(own.hostname())
        && holder.ipaddr().equals(own.ipaddr())
        && (holder.pid() == own.pid() || !lives.test(holder.pid()));
  }
}
