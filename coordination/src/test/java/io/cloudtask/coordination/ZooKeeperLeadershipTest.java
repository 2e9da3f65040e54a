package io.cloudtask.coordination;

import java.nio.file.Path;

final class ZooKeeperLeadershipTest extends LeadershipContract {
  @Override
  TestServer newServer(Path dir) {
    return new RealServer(dir);
  }
}
