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
 * @param silent those that have not shown a sign of life for too long, though their session lasts
 */
public record Members(Map<String, Node> nodes, Set<String> signedOut, Set<String> silent) {
  public static final Members NONE = new Members(Map.of(), Set.of(), Set.of());

  public Members {
    nodes = Map.copyOf(nodes);
    signedOut = Set.copyOf(signedOut);
    silent = Set.copyOf(silent);
  }

  /** The same at a later time. */
  public Members then(Map<String, Node> now, Set<String> silentNow) {
    Set<String> gone = new HashSet<>(signedOut);
    now.forEach((key, node) -> {
      if (node.singin()) {
        gone.remove(key);
      } else {
        gone.add(key);
      }
    });
    return new Members(now, gone, silentNow);
  }

  /** Whether an agent is there, stays, and shows signs of life. */
  boolean isSignedIn(String key) {
    return nodes.containsKey(key) && !signedOut.contains(key) && !silent.contains(key);
  }

  /** The keys of those. */
  Set<String> signedIn() {
    Set<String> keys = new HashSet<>(nodes.keySet());
    keys.removeIf(key -> !isSignedIn(key));
    return keys;
  }
}
