package io.cloudtask.coordination;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.client.ZKClientConfig;

/** A handle that knows when it was made: its session, of which it has one at most, is not older. */
final class DatedZooKeeper extends ZooKeeperAdmin {
  private final long born;

  private DatedZooKeeper(
      long born, String hosts, int timeoutMillis, Watcher watcher, ZKClientConfig config)
      throws IOException {
    super(hosts, timeoutMillis, watcher, false, config);
    this.born = born;
  }

  /** By the ticker of its maker. */
  static long born(ZooKeeper handle) {
    return ((DatedZooKeeper) handle).born;
  }

  /** Makes the handles of one client. */
  record Maker(LongSupplier ticker) implements ZookeeperFactory {
    @Override
    public ZooKeeper newZooKeeper(
        String hosts, int timeoutMillis, Watcher watcher, boolean canBeReadOnly)
        throws IOException {
      return newZooKeeper(hosts, timeoutMillis, watcher, canBeReadOnly, new ZKClientConfig());
    }

    @Override
    public ZooKeeper newZooKeeper(
        String hosts,
        int timeoutMillis,
        Watcher watcher,
        boolean canBeReadOnly,
        ZKClientConfig config)
        throws IOException {
      return new DatedZooKeeper(ticker.getAsLong(), hosts, timeoutMillis, watcher, config);
    }
  }
}
