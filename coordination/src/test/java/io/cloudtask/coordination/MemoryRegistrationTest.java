package io.cloudtask.coordination;

import java.nio.file.Path;

final class MemoryRegistrationTest extends RegistrationContract {
  @Override
  TestServer newServer(Path dir) {
    return new MemoryServer();
  }
}
