package io.cloudtask.coordination;

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

  ZooKeeperNodes(CuratorFramework client, String root) {
    this.client = client;
    this.root = root;
  }

  String root() {
    return root;
  }

  String path(String name) {
    return root + '/' + name;
  }

  /** Names of the nodes directly under the root. */
  List<String> names() throws CoordinationException {
    try {
      return client.getChildren().forPath(root);
    } catch (KeeperException.NoNodeException e) {
      return List.of();
    } catch (Exception e) {
      throw failed("list", root, e);
    }
  }

  Optional<Content> read(String path) throws CoordinationException {
    var stat = new Stat();
    try {
      return Optional.of(new Content(client.getData().storingStatIn(stat).forPath(path), stat));
    } catch (KeeperException.NoNodeException e) {
      return Optional.empty();
    } catch (Exception e) {
      throw failed("read", path, e);
    }
  }

  /** Makes a node, and the root if need be; false when it is there already. */
  boolean create(String path, byte[] data, CreateMode mode) throws CoordinationException {
    try {
      client.create().creatingParentsIfNeeded().withMode(mode).forPath(path, data);
      return true;
    } catch (KeeperException.NodeExistsException e) {
      return false;
    } catch (Exception e) {
      throw failed("create", path, e);
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
      throw failed("write", path, e);
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
      throw failed("remove", path, e);
    }
  }

  /** Makes the root ours; one that an older version left open to everybody is closed. */
  void guardRoot() throws CoordinationException {
    if (create(root, new byte[0], CreateMode.PERSISTENT)) {
      return;
    }
    try {
      if (client.getACL().forPath(root).equals(ZooDefs.Ids.OPEN_ACL_UNSAFE)) {
        client.setACL().withACL(ZooDefs.Ids.CREATOR_ALL_ACL).forPath(root);
      }
    } catch (Exception e) {
      throw failed("guard", root, e);
    }
  }

  void watch(String path, AddWatchMode mode, Watcher watcher) throws CoordinationException {
    try {
      client.watchers().add().withMode(mode).usingWatcher(watcher).forPath(path);
    } catch (Exception e) {
      throw failed("watch", path, e);
    }
  }

  void unwatch(String path, Watcher watcher) throws CoordinationException {
    try {
      client.watchers().remove(watcher).forPath(path);
    } catch (KeeperException.NoWatcherException e) {
      // It went with its session.
    } catch (Exception e) {
      throw failed("unwatch", path, e);
    }
  }

  long sessionId() throws CoordinationException {
    return session().id();
  }

  /** The session we have now; waits for a connection for the connection timeout. */
  ZooKeeperSession session() throws CoordinationException {
    try {
      CuratorZookeeperClient zookeeper = client.getZookeeperClient();
      if (!zookeeper.blockUntilConnectedOrTimedOut()) {
        throw new CoordinationException("the coordinator does not answer");
      }
      ZooKeeper handle = zookeeper.getZooKeeper();
      long id = handle.getSessionId();
      if (id == 0) {
        throw new CoordinationException("the session with the coordinator is about to begin");
      }
      return new ZooKeeperSession(handle, id);
    } catch (CoordinationException e) {
      throw e;
    } catch (Exception e) {
      throw failed("begin a session for", root, e);
    }
  }

  static CoordinationException failed(String verb, String path, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (cause instanceof KeeperException.NoAuthException) {
      return new CoordinationException(
          "the coordinator refuses to "
              + verb
              + ' '
              + path
              + ": it was made with another cluster token than this node has",
          cause);
    }
    return new CoordinationException(
        "could not " + verb + ' ' + path + ": " + reason(cause), cause);
  }

  private static String reason(Exception cause) {
    return cause instanceof KeeperException keeper
        ? "the coordinator says " + keeper.code()
        : String.valueOf(cause.getMessage());
  }
}
