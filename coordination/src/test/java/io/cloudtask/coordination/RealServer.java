package io.cloudtask.coordination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;

/** A ZooKeeper server of its own, on any free port. */
final class RealServer implements TestServer {
  static final String TOKEN = "the token of the cluster";
  static final String ROOT = "/test/cloudtask";

  private final Path dir;
  private final int port;
  private EmbeddedZooKeeper server;

  RealServer(Path dir) {
    this.dir = dir;
    this.server = begin(0, dir);
    this.port = server.port();
  }

  private static EmbeddedZooKeeper begin(int port, Path dir) {
    try {
      return EmbeddedZooKeeper.start("127.0.0.1", port, dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ZooKeeperCoordinator connect() {
    return ZooKeeperCoordinator.open(settings(TOKEN));
  }

  ZooKeeperSettings settings(String token) {
    return new ZooKeeperSettings(
        address(), ROOT, token, Duration.ofSeconds(4), Duration.ofMillis(400));
  }

  /** As the first center does. */
  void makeRoot() {
    try (ZooKeeperCoordinator center = connect()) {
      center.ring("PLAN");
    } catch (CoordinationException e) {
      throw new IllegalStateException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Writes a node as somebody with the token could by hand. */
  void put(String name, String text) throws Exception {
    try (Stranger holder = new Stranger(address(), TOKEN)) {
      byte[] data = text.getBytes(StandardCharsets.UTF_8);
      String path = ROOT + '/' + name;
      if (holder.client().exists(path, false) == null) {
        holder.client().create(path, data, ZooDefs.Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
      } else {
        holder.client().setData(path, data, -1);
      }
    }
  }

  /** Removes a node as somebody with the token could by hand. */
  void delete(String name) throws Exception {
    try (Stranger holder = new Stranger(address(), TOKEN)) {
      holder.client().delete(ROOT + '/' + name, -1);
    }
  }

  long requests() {
    return server.requests();
  }

  @Override
  public void expire(Coordinator coordinator) {
    server.expire(((ZooKeeperCoordinator) coordinator).sessionId());
  }

  @Override
  public void stop() {
    server.close();
  }

  @Override
  public void start() {
    server = begin(port, dir);
  }

  @Override
  public void close() {
    server.close();
  }
}
