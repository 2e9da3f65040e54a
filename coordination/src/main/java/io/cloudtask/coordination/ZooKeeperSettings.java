package io.cloudtask.coordination;

import java.time.Duration;

/**
 * How to reach a ZooKeeper ensemble.
 *
 * @param hosts {@code host:port}, comma separated
 * @param root the node under which everything lives, for example {@code /cloudtask}
 * @param clusterToken the secret of the cluster; its digest guards every node. Never sent as it is
 * @param sessionTimeout after which a silent session is over, as far as the server agrees
 * @param connectionTimeout for which a call waits for a connection
 */
public record ZooKeeperSettings(
    String hosts,
    String root,
    String clusterToken,
    Duration sessionTimeout,
    Duration connectionTimeout) {
  public static final String DEFAULT_ROOT = "/cloudtask";

  public ZooKeeperSettings {
    if (clusterToken.isBlank()) {
      throw new IllegalArgumentException("the cluster token is empty; give the one of the cluster");
    }
    if (!root.matches("(/[A-Za-z0-9._-]+)+")) {
      throw new IllegalArgumentException(
          "cluster.root is \"" + root + "\"; it must be a path such as " + DEFAULT_ROOT);
    }
  }

  /** With a session timeout of 10 s and a connection timeout of 3 s. */
  public static ZooKeeperSettings of(String hosts, String root, String clusterToken) {
    return new ZooKeeperSettings(
        hosts, root, clusterToken, Duration.ofSeconds(10), Duration.ofSeconds(3));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ZooKeeperSettings[" + hosts + root + ']';
  }
}
