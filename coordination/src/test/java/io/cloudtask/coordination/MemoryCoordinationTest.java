package io.cloudtask.coordination;

import org.junit.jupiter.api.AfterEach;

final class MemoryCoordinationTest extends CoordinatorContract {
  private final MemoryCoordination server = new MemoryCoordination();

  @Override
  Coordinator connect() {
    return server.open();
  }

  @Override
  void expire(Coordinator coordinator) {
    server.expire((MemorySession) coordinator);
  }

  @Override
  void stopServer() {
    server.cut();
  }

  @Override
  void startServer() {
    server.restore();
  }

  @AfterEach
  void close_server() {
    server.close();
  }
}
