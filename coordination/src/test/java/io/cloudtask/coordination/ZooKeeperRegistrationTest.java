package io.cloudtask.coordination;

import java.nio.file.Path;

final class ZooKeeperRegistrationTest extends RegistrationContract {
  @Override
  TestServer newServer(Path dir) {
    var server = new RealServer(dir);
    server.makeRoot();
    return server;
  }
}
