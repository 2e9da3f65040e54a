package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.CreateMode;

/**
 * The ephemeral node of one member. Confined to the presence thread of its session, which also
 * carries out what the public {@link Coordinator.Membership} asks for.
 *
 * <p>A node is ours when its owner is the session we have now. One that another session owns is
 * never overwritten: writes name the version that was seen.
 */
final class ZooKeeperMembership {
  private final ZooKeeperNodes nodes;
  private final String path;
  private Node node;
  private final Set<Long> ownSessions = new HashSet<>();
  private long session;
  private int version;
  private boolean left;

  ZooKeeperMembership(ZooKeeperNodes nodes, String name, Node node) {
    this.nodes = nodes;
    this.path = nodes.path(name);
    this.node = node;
  }

  /** Makes the node, or takes up the one that this session has made. */
  void claim() throws CoordinationException {
    byte[] text = NodeText.of(node);
    session = nodes.sessionId();
    ownSessions.add(session);
    if (nodes.create(path, text, CreateMode.EPHEMERAL)) {
      version = 0;
      return;
    }
    Optional<ZooKeeperNodes.Content> found = nodes.read(path);
    if (found.isEmpty()) {
      throw new CoordinationException(path + " vanished while it was claimed; try again");
    }
    ZooKeeperRegistrar.requireEphemeral(path, found.get().stat());
    long owner = found.get().stat().getEphemeralOwner();
    if (owner != session && ownSessions.contains(owner)) {
      replace(text, found.get().stat().getVersion());
      return;
    }
    if (owner != session) {
      throw taken(path, found.get().data());
    }
    version = found.get().stat().getVersion();
    rewrite(text);
  }

  /**
   * @param holder what it wrote there
   */
  static KeyTakenException taken(String path, byte[] holder) {
    return new KeyTakenException(
        path
            + " belongs to another living session"
            + described(path, holder)
            + ". Stop one of the two or, if both shall run, remove the key file of one, which then"
            + " gets a key of its own. If it has just been restarted: it gets in when the session"
            + " before has run out");
  }

  private static String described(String path, byte[] holder) {
    try {
      Node node = NodeText.node(path, holder);
      return ", of process " + node.pid() + " on " + node.hostname() + " (" + node.apiaddr() + ')';
    } catch (UnreadableException e) {
      return "";
    }
  }

  /** A session of ours that we gave up leaves its node until the server gives it up too. */
  private void replace(byte[] text, int abandoned) throws CoordinationException {
    nodes.remove(path, abandoned);
    if (!nodes.create(path, text, CreateMode.EPHEMERAL)) {
      throw new CoordinationException(path + " was taken while it was claimed; try again");
    }
    version = 0;
  }

  void pulse(Node newest) throws CoordinationException {
    if (left) {
      throw new CoordinationException(path + " was left");
    }
    node = newest;
    rewriteOrClaim();
  }

  /** What a new connection calls for; nothing after the member has left. */
  void restore() throws CoordinationException {
    if (!left) {
      rewriteOrClaim();
    }
  }

  void leave() throws CoordinationException {
    if (left) {
      return;
    }
    left = true;
    Optional<ZooKeeperNodes.Content> found = nodes.read(path);
    if (found.isPresent() && found.get().stat().getEphemeralOwner() == nodes.sessionId()) {
      nodes.remove(path, found.get().stat().getVersion());
    }
  }

  String path() {
    return path;
  }

  private void rewriteOrClaim() throws CoordinationException {
    if (session != nodes.sessionId() || !written(NodeText.of(node))) {
      claim();
    }
  }

  private void rewrite(byte[] text) throws CoordinationException {
    if (!written(text)) {
      throw new CoordinationException(path + " changed while it was claimed; try again");
    }
  }

  private boolean written(byte[] text) throws CoordinationException {
    Optional<Integer> now = nodes.write(path, text, version);
    now.ifPresent(v -> version = v);
    return now.isPresent();
  }
}
