package io.cloudtask.benchmarks.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server of its own, as it comes, except that it listens on loopback only. */
public final class Postgres implements AutoCloseable {
  public static final String USER = "postgres";
  private static final Duration START = Duration.ofMinutes(1);

  private static final long STOP_SECONDS = 60;

  private final EmbeddedPostgres server;
  private final ProcessHandle process;

  private Postgres(EmbeddedPostgres server, ProcessHandle process) {
    this.server = server;
    this.process = process;
  }

  public static Postgres start(Path directory) throws IOException {
    Path data = directory.resolve("data");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPGStartupWait(START)
            // What the library turns off, because tests need not last.
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    return new Postgres(server, ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
  }

  /** Makes a database, and gives its address. */
  public String create(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
    }
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name);
  }

  /** The library waits for a few seconds only. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    }
  }
}
