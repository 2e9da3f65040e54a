package io.cloudtask.coordination;

import io.cloudtask.model.wire.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

/**
 * Makes the place of a cluster at the coordinator: its root, open to holders of the cluster token
 * only, and the configuration that all share. To do it again changes nothing but what is new in the
 * configuration.
 */
public final class Founding {
  private final CuratorFramework client;
  private final ZooKeeperNodes nodes;
  private final List<ACL> ours;
  private final Faults faults;

  private Founding(CuratorFramework client, ZooKeeperSettings settings) {
    this.client = client;
    this.nodes = new ZooKeeperNodes(client, settings);
    this.ours = ZooKeeperClient.acl(settings.clusterToken());
    this.faults = new Faults(settings.hosts());
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * The place is there.
     *
     * @param made whether there was none before
     * @param closed nodes that everybody could read until now, as older versions made them
     * @param replaced what the configuration said before; empty when there was none that could be
     *     read
     */
    record Founded(boolean made, List<String> closed, Optional<ServerConfig> replaced)
        implements Outcome {
      public Founded {
        closed = List.copyOf(closed);
      }
    }

    /** There is a cluster with another token; nothing was changed. */
    record OtherToken() implements Outcome {}
  }

  /**
   * Does it.
   *
   * @throws CoordinationException when nobody answers; then it has not been done, or not all of it
   */
  public static Outcome found(ZooKeeperSettings settings, ServerConfig config)
      throws CoordinationException {
    QuietLogs.apply();
    try (CuratorFramework client = ZooKeeperClient.of(settings, System::nanoTime)) {
      client.start();
      Founding founding = new Founding(client, settings);
      founding.nodes.session();
      return founding.found(config);
    }
  }

  private Outcome found(ServerConfig config) throws CoordinationException {
    boolean made;
    List<ACL> guard;
    try {
      made = nodes.create(nodes.root(), new byte[0], CreateMode.PERSISTENT);
      guard = guard(nodes.root());
    } catch (UnreadableException e) {
      return new Outcome.OtherToken();
    }
    if (!ours.containsAll(guard) && !letsEverybodyIn(guard)) {
      return new Outcome.OtherToken();
    }
    List<String> closed = new ArrayList<>();
    close(nodes.root(), guard, closed);
    String path = nodes.path(MemberNames.SERVER_CONFIG);
    Optional<ServerConfig> before = nodes.read(path).flatMap(content -> readable(path, content));
    nodes.put(path, NodeText.of(config));
    return new Outcome.Founded(made, closed, before);
  }

  private void close(String path, List<ACL> guard, List<String> closed)
      throws CoordinationException {
    try {
      if (!ours.containsAll(guard)) {
        client.setACL().withACL(ZooDefs.Ids.CREATOR_ALL_ACL).forPath(path);
        closed.add(path);
      }
      for (String name : client.getChildren().forPath(path)) {
        String child = path + '/' + name;
        close(child, guard(child), closed);
      }
    } catch (KeeperException.NoNodeException e) {
      // Gone in between.
    } catch (CoordinationException e) {
      throw e;
    } catch (Exception e) {
      throw faults.of("guard", path, e);
    }
  }

  private List<ACL> guard(String path) throws CoordinationException {
    try {
      return client.getACL().forPath(path);
    } catch (KeeperException.NoNodeException e) {
      return ours;
    } catch (Exception e) {
      throw faults.of("look at", path, e);
    }
  }

  private static boolean letsEverybodyIn(List<ACL> guard) {
    return guard.stream()
        .anyMatch(each ->
            each.getId().equals(ZooDefs.Ids.ANYONE_ID_UNSAFE)
                && each.getPerms() == ZooDefs.Perms.ALL);
  }

  private static Optional<ServerConfig> readable(String path, ZooKeeperNodes.Content content) {
    try {
      return Optional.of(NodeText.serverConfig(path, content.data()));
    } catch (CoordinationException e) {
      // Whatever it is, the operator replaces it now.
      return Optional.empty();
    }
  }
}
