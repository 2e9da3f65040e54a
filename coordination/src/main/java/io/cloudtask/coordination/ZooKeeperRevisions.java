package io.cloudtask.coordination;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.zookeeper.CreateMode;

/**
 * The nodes that hold the newest revision of each agent's job set.
 *
 * <p>What can't be read as a number is replaced by 0 before anything is built on it. 0 is the one
 * number that no set has, so an agent that reads it asks for its set, and whoever has read the node
 * before fails the check of its version. A revision that a center knows must not be put in its
 * place at once: the lost number may have been one that a fence had raised above it.
 */
final class ZooKeeperRevisions {
  private static final System.Logger LOG = System.getLogger(ZooKeeperRevisions.class.getName());

  private final ZooKeeperNodes nodes;

  ZooKeeperRevisions(ZooKeeperNodes nodes) {
    this.nodes = nodes;
  }

  OptionalLong find(String key) throws CoordinationException {
    String path = path(key);
    Optional<ZooKeeperNodes.Content> content = nodes.read(path);
    return content.isPresent()
        ? OptionalLong.of(NodeText.revision(path, content.get().data()))
        : OptionalLong.empty();
  }

  void publish(String key, long revision) throws CoordinationException {
    String path = path(key);
    byte[] text = NodeText.of(revision);
    while (!nodes.create(path, text, CreateMode.PERSISTENT)) {
      Optional<ZooKeeperNodes.Content> found = nodes.read(path);
      if (found.isPresent()
          && (mended(path, found.get())
              || NodeText.revision(path, found.get().data()) >= revision
              || nodes.write(path, text, found.get().stat().getVersion()).isPresent())) {
        return;
      }
    }
  }

  /** Makes no root: an agent that was given a wrong one must not think it is the first. */
  RevisionMark mark(String key) throws CoordinationException {
    String path = path(key);
    Optional<ZooKeeperNodes.Content> found = nodes.read(path);
    while (found.isEmpty() || mended(path, found.get())) {
      if (found.isEmpty()) {
        nodes.createUnderRoot(path, NodeText.of(0));
      }
      found = nodes.read(path);
    }
    ZooKeeperNodes.Content content = found.get();
    return new RevisionMark(NodeText.revision(path, content.data()), content.stat().getVersion());
  }

  /** False when there was nothing to mend. */
  private boolean mended(String path, ZooKeeperNodes.Content content) throws CoordinationException {
    try {
      NodeText.revision(path, content.data());
      return false;
    } catch (UnreadableException unreadable) {
      var _ = nodes.write(path, NodeText.of(0), content.stat().getVersion());
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} held no number and was set to 0, so that its agent asks for its jobs anew",
          path);
      return true;
    }
  }

  String path(String key) {
    return nodes.path(MemberNames.revision(key));
  }
}
