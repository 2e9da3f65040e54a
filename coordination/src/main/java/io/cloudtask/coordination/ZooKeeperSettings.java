package io.cloudtask.coordination;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How to reach a ZooKeeper ensemble.
 *
 * @param hosts {@code host:port}, comma separated; the port may be left out when it is 2181
 * @param root the node under which everything lives, for example {@code /cloudtask}
 * @param clusterToken the secret of the cluster; its digest guards every node. Never sent as it is
 * @param sessionTimeout after which a silent session is over, as far as the server agrees; an
 *     agent's lease is half of it. Should be three ticks of the ensemble or more
 * @param connectionTimeout for which a call waits for a connection
 */
public record ZooKeeperSettings(
    String hosts,
    String root,
    String clusterToken,
    Duration sessionTimeout,
    Duration connectionTimeout) {
  public static final String DEFAULT_ROOT = "/cloudtask";

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

  public ZooKeeperSettings {
    if (clusterToken.isBlank()) {
      throw new IllegalArgumentException("the cluster token is empty; give the one of the cluster");
    }
    for (String host : hosts.split(",", -1)) {
      if (!HOST.matcher(host.trim()).matches()) {
        throw new IllegalArgumentException(
            "cluster.hosts has \""
                + host
                + "\"; it must be a list such as zk1:2181,zk2:2181,zk3:2181");
      }
    }
    if (sessionTimeout.compareTo(SHORTEST) < 0 || sessionTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the session timeout is "
              + sessionTimeout.toMillis()
              + " ms; it must be from 1 s to 5 minutes");
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

  /** The session timeout next to a wanted one that is possible. */
  public static Duration possible(Duration wanted) {
    if (wanted.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }

  /** The same with another session timeout; half of it is how long a lease is good. */
  public ZooKeeperSettings withSessionTimeout(Duration timeout) {
    return new ZooKeeperSettings(hosts, root, clusterToken, timeout, connectionTimeout);
  }

  /**
   * Looks each host up.
   *
   * @throws CoordinationException when one has no address; the client itself would try in silence
   */
  void requireAddresses() throws CoordinationException {
    for (String host : hosts.split(",", -1)) {
      String name = host.trim().replaceFirst(":\\d+$", "");
      try {
        var _ = InetAddress.getByName(name);
      } catch (UnknownHostException e) {
        throw new CoordinationException(
            "cluster.hosts has \"" + name + "\", a host that has no address here; correct it", e);
      }
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ZooKeeperSettings[" + hosts + root + ']';
  }
}
