package io.cloudtask.coordination;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.zookeeper.CreateMode;

/** The nodes that hold the newest revision of each agent's job set. */
final class ZooKeeperRevisions {
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
          && (NodeText.revision(path, found.get().data()) >= revision
              || nodes.write(path, text, found.get().stat().getVersion()).isPresent())) {
        return;
      }
    }
  }

  RevisionMark mark(String key) throws CoordinationException {
    String path = path(key);
    Optional<ZooKeeperNodes.Content> found = nodes.read(path);
    while (found.isEmpty()) {
      nodes.create(path, NodeText.of(0), CreateMode.PERSISTENT);
      found = nodes.read(path);
    }
    ZooKeeperNodes.Content content = found.get();
    return new RevisionMark(NodeText.revision(path, content.data()), content.stat().getVersion());
  }

  String path(String key) {
    return nodes.path(MemberNames.revision(key));
  }
}
