package io.cloudtask.coordination;

/** The twin. */
final class MemoryServer implements TestServer {
  private final MemoryCoordination server = new MemoryCoordination();

  @Override
  public Coordinator connect() {
    return server.open();
  }

  @Override
  public void expire(Coordinator coordinator) {
    server.expire((MemorySession) coordinator);
  }

  @Override
  public void stop() {
    server.cut();
  }

  @Override
  public void start() {
    server.restore();
  }

  @Override
  public void close() {
    server.close();
  }
}
