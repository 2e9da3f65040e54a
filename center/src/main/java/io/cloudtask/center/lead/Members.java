package io.cloudtask.center.lead;

import io.cloudtask.model.wire.Node;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The agents that have a node at the coordinator, as it last said. Immutable.
 *
 * @param nodes of all of them, those included that are about to go
 * @param signedOut those that said that they go, also when they have gone since
 */
public record Members(Map<String, Node> nodes, Set<String> signedOut) {
  public static final Members NONE = new Members(Map.of(), Set.of());

  public Members {
    nodes = Map.copyOf(nodes);
    signedOut = Set.copyOf(signedOut);
  }

  /** The same at a later time. */
  public Members then(Map<String, Node> now) {
    Set<String> gone = new HashSet<>(signedOut);
    now.forEach((key, node) -> {
      if (node.singin()) {
        gone.remove(key);
      } else {
        gone.add(key);
      }
    });
    return new Members(now, gone);
  }

  /** Whether an agent is there and stays. */
  boolean isSignedIn(String key) {
    return nodes.containsKey(key) && !signedOut.contains(key);
  }
}
