package io.cloudtask.coordination;

import java.nio.file.Path;

final class MemoryCoordinationTest extends CoordinatorContract {
  @Override
  TestServer newServer(Path dir) {
    return new MemoryServer();
  }
}
