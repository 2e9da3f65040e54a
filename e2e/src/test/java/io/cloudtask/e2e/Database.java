package io.cloudtask.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL server that ends and starts again, at one port with one directory. */
final class Database implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final Path directory;
  private EmbeddedPostgres server;

  /** Makes it, with a database in it. */
  Database(Path directory) throws IOException {
    this.directory = directory;
    this.server = start(0);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE cloudtask ENCODING 'UTF8' TEMPLATE template0");
    } catch (SQLException e) {
      server.close();
      throw new IOException(e);
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setPGStartupWait(START)
        .start();
  }

  /** Its superuser needs no password. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/cloudtask".formatted(server.getPort());
  }

  /** As a power cut would. */
  void kill() throws IOException {
    long pid =
        Long.parseLong(Files.readAllLines(directory.resolve("postmaster.pid")).getFirst().strip());
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts it again; it recovers what was committed. */
  void restart() throws IOException {
    int port = server.getPort();
    server.close(); // gives the lock on the directory back
    server = start(port);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
