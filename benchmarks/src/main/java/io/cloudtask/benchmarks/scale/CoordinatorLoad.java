package io.cloudtask.benchmarks.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** Writes as many leases as a coordinator takes. */
final class CoordinatorLoad {
  private static final int SESSION_MILLIS = 10_000;
  private static final int NODES = 64;
  private static final int AT_ONCE = 256;
  private static final byte[] LEASE = "1234567890abcdef".getBytes(StandardCharsets.US_ASCII);

  private CoordinatorLoad() {}

  /** On nodes of its own, apart from those of a cluster. */
  static double writesPerSecond(String address, int seconds)
      throws IOException, InterruptedException, KeeperException {
    CountDownLatch connected = new CountDownLatch(1);
    try (ZooKeeper client =
        new ZooKeeper(
            address,
            SESSION_MILLIS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            })) {
      if (!connected.await(SESSION_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("the coordinator at " + address + " does not answer");
      }
      for (int i = 0; i < NODES; i++) {
        client.create("/load-" + i, LEASE, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      }
      write(client, 1); // warms up
      return write(client, seconds);
    }
  }

  private static double write(ZooKeeper client, int seconds)
      throws InterruptedException, IOException {
    Semaphore room = new Semaphore(AT_ONCE);
    AtomicLong done = new AtomicLong();
    AtomicInteger fault = new AtomicInteger();
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    for (int i = 0; System.nanoTime() < end; i++) {
      room.acquire();
      client.setData(
          "/load-" + i % NODES,
          LEASE,
          -1,
          (code, _, _, _) -> {
            if (code == 0) {
              done.incrementAndGet();
            } else {
              fault.set(code);
            }
            room.release();
          },
          null);
    }
    room.acquire(AT_ONCE);
    if (fault.get() != 0) {
      throw new IOException("the coordinator refused a write: " + fault.get());
    }
    return done.get() / ((System.nanoTime() - began) / 1e9);
  }
}
