package io.cloudtask.coordination;

import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Coordinator.Connection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server and the sessions that a test has opened with it. */
abstract class Contract {
  @TempDir Path dir;
  private final List<Coordinator> opened = new ArrayList<>();
  private TestServer server;

  abstract TestServer newServer(Path dir);

  @BeforeEach
  final void start_server() {
    server = newServer(dir);
  }

  final TestServer server() {
    return server;
  }

  final Coordinator open() {
    Coordinator coordinator = server.connect();
    opened.add(coordinator);
    await().until(() -> coordinator.connection() == Connection.CONNECTED);
    return coordinator;
  }

  @AfterEach
  final void close_all() {
    opened.forEach(Coordinator::close);
    server.close();
  }
}
