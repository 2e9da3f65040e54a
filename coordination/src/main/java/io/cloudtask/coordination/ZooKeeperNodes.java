package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.util.List;
import java.util.Optional;
import org.apache.curator.CuratorZookeeperClient;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * Reads and writes of single nodes under the root, with "is not there" as a value and "could not be
 * asked" as an exception.
 */
final class ZooKeeperNodes {
  /** What a node held when it was read. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Content(byte[] data, Stat stat) {}

  private final CuratorFramework client;
  private final String root;
  private final List<ACL> ours;
  private final Faults faults;

  ZooKeeperNodes(CuratorFramework client, ZooKeeperSettings settings) {
    this.client = client;
    this.root = settings.root();
    this.ours = ZooKeeperClient.acl(settings.clusterToken());
    this.faults = new Faults(settings.hosts());
  }

  String root() {
    return root;
  }

  String path(String name) {
    return root + '/' + name;
  }

  /** The name of a node directly under the root; empty for the root itself. */
  String name(String path) {
    return path.length() > root.length() ? path.substring(root.length() + 1) : "";
  }

  /** Names of the nodes directly under the root. */
  List<String> names() throws CoordinationException {
    try {
      return client.getChildren().forPath(root);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    } catch (Exception e) {
      throw faults.of("list", root, e);
    }
  }

  Optional<Content> read(String path) throws CoordinationException {
    var stat = new Stat();
    try {
      return Optional.of(new Content(client.getData().storingStatIn(stat).forPath(path), stat));
    } catch (KeeperException.NoNodeException e) {
      return Optional.empty();
    } catch (Exception e) {
      throw faults.of("read", path, e);
    }
  }

  /** What a member wrote of itself, by the name of its node. */
  Optional<Node> member(String name) throws CoordinationException {
    Optional<Content> content = read(path(name));
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(NodeText.node(path(name), content.get().data()));
  }

  /** Makes a node, and the root if need be; false when it is there already. */
  boolean create(String path, byte[] data, CreateMode mode) throws CoordinationException {
    try {
      client.create().creatingParentsIfNeeded().withMode(mode).forPath(path, data);
      return true;
    } catch (KeeperException.NodeExistsException e) {
      return false;
    } catch (Exception e) {
      throw faults.of("create", path, e);
    }
  }

  /**
   * Makes a lasting node that need not be new.
   *
   * @throws CoordinationException also when there is no root; it is not made
   */
  void createUnderRoot(String path, byte[] data) throws CoordinationException {
    try {
      client.create().forPath(path, data);
    } catch (KeeperException.NodeExistsException e) {
      // Somebody else was faster.
    } catch (KeeperException.NoNodeException e) {
      throw faults.noRoot(root, e);
    } catch (Exception e) {
      throw faults.of("create", path, e);
    }
  }

  /**
   * Finds out whether this is a place to work at: somebody answers, the root is there, and the
   * token opens it.
   */
  void check() throws CoordinationException {
    session();
    try {
      client.getChildren().forPath(root);
    } catch (KeeperException.NoNodeException e) {
      throw faults.noRoot(root, e);
    } catch (Exception e) {
      throw faults.of("look at", root, e);
    }
  }

  /**
   * Writes a node if it still has this version; empty when it has another one, or is gone.
   *
   * @return its new version
   */
  Optional<Integer> write(String path, byte[] data, int version) throws CoordinationException {
    try {
      return Optional.of(client.setData().withVersion(version).forPath(path, data).getVersion());
    } catch (KeeperException.BadVersionException | KeeperException.NoNodeException e) {
      return Optional.empty();
    } catch (Exception e) {
      throw faults.of("write", path, e);
    }
  }

  /** Writes a node that outlives its session, whatever it held. */
  void put(String path, byte[] data) throws CoordinationException {
    while (write(path, data, -1).isEmpty() && !create(path, data, CreateMode.PERSISTENT)) {
      // Made or removed by somebody else in between.
    }
  }

  /** Removes a node if it still has this version. */
  void remove(String path, int version) throws CoordinationException {
    try {
      client.delete().withVersion(version).forPath(path);
    } catch (KeeperException.BadVersionException | KeeperException.NoNodeException e) {
      // Somebody else's by now, or gone: nothing of ours is left.
    } catch (Exception e) {
      throw faults.of("remove", path, e);
    }
  }

  /** As whoever runs a center may. */
  void makeRoot() throws CoordinationException {
    create(root, new byte[0], CreateMode.PERSISTENT);
  }

  /**
   * Closes a root that lets others in, as one that an older version or somebody by hand has made:
   * who may remove nodes is decided by the root, and nobody else may remove an agent's.
   */
  void guardRoot() throws CoordinationException {
    try {
      List<ACL> now = client.getACL().forPath(root);
      if (!ours.containsAll(now)) {
        client.setACL().withACL(ZooDefs.Ids.CREATOR_ALL_ACL).forPath(root);
      }
    } catch (KeeperException.NoNodeException e) {
      // The first who publishes makes it.
    } catch (Exception e) {
      throw faults.of("guard", root, e);
    }
  }

  /** Watches a node, or its absence, and the names of what is under it, until it is unwatched. */
  void watch(String path, Watcher watcher) throws CoordinationException {
    try {
      client.watchers().add().withMode(AddWatchMode.PERSISTENT).usingWatcher(watcher).forPath(path);
    } catch (Exception e) {
      throw faults.of("watch", path, e);
    }
  }

  void unwatch(String path, Watcher watcher) throws CoordinationException {
    try {
      client.watchers().remove(watcher).forPath(path);
    } catch (KeeperException.NoWatcherException e) {
      // It went with its session.
    } catch (Exception e) {
      throw faults.of("unwatch", path, e);
    }
  }

  long sessionId() throws CoordinationException {
    return session().id();
  }

  /** The session we have now; waits for a connection for the connection timeout. */
  ZooKeeperSession session() throws CoordinationException {
    try {
      CuratorZookeeperClient zookeeper = client.getZookeeperClient();
      if (zookeeper.blockUntilConnectedOrTimedOut()) {
        ZooKeeper handle = zookeeper.getZooKeeper();
        long id = handle.getSessionId();
        if (id != 0) {
          return new ZooKeeperSession(handle, id, faults);
        }
      }
    } catch (Exception e) {
      throw faults.of("begin a session for", root, e);
    }
    throw faults.noAnswer("begin a session for", root);
  }
}
