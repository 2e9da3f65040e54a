package io.cloudtask.coordination;

import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** A plain client that shares no code with ours, with or without the token. */
record Stranger(ZooKeeper client) implements AutoCloseable {
  Stranger(String address) throws Exception {
    this(connected(address));
  }

  Stranger(String address, String token) throws Exception {
    this(address);
    client.addAuthInfo("digest", ZooKeeperClient.digest(token));
  }

  private static ZooKeeper connected(String address) throws Exception {
    var connected = new CountDownLatch(1);
    var client =
        new ZooKeeper(
            address,
            10_000,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    connected.await();
    return client;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
