package io.cloudtask.coordination;

import java.nio.file.Path;

final class ZooKeeperRegistrationTest extends RegistrationContract {
  @Override
  TestServer newServer(Path dir) {
    return new RealServer(dir);
  }
}
