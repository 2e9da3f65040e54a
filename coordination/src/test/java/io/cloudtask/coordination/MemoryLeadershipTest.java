package io.cloudtask.coordination;

import java.nio.file.Path;

final class MemoryLeadershipTest extends LeadershipContract {
  @Override
  TestServer newServer(Path dir) {
    return new MemoryServer();
  }
}
