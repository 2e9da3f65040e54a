package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.center.config.CenterConfig.StorePlace;
import io.cloudtask.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a center does about the store at its start, with a real PostgreSQL. */
@Timeout(120)
class PatienceTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String RIGHT = "the right password";

  @TempDir static Path directory;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = postgres(0, "first");
    execute("CREATE ROLE ann LOGIN PASSWORD '" + RIGHT + "'");
    execute("CREATE DATABASE cloudtask OWNER ann ENCODING 'UTF8' TEMPLATE template0");
    Path access = directory.resolve("first/pg_hba.conf");
    Files.writeString(
        access, "host all ann 127.0.0.1/32 scram-sha-256\n" + Files.readString(access));
    execute("SELECT pg_reload_conf()");
    await().untilAsserted(() -> assertRefused(place("wrong"), "password"));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static EmbeddedPostgres postgres(int port, String name) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.resolve(name))
        .setPGStartupWait(Duration.ofMinutes(1))
        .start();
  }

  private static void execute(String sql) throws SQLException {
    execute("postgres", sql);
  }

  private static void execute(String database, String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static StorePlace place(String password) {
    return place(server.getPort(), "cloudtask", "ann", password);
  }

  private static StorePlace place(int port, String database, String user, String password) {
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    return new StorePlace.Postgres(url, user, password, 3);
  }

  /** Refused at once, also by who would wait for a server. */
  private static void assertRefused(StorePlace place, String... words) {
    assertThatThrownBy(() -> new Patience(true).store(place, CLOCK).close())
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void a_postgresql_is_opened() throws IOException {
    try (Store store = new Patience(false).store(place(RIGHT), CLOCK)) {
      assertThat(store.<List<?>>read(tx -> tx.runtimes().list())).isEmpty();
    }
  }

  @Test
  void what_only_a_person_can_mend_is_not_waited_for() throws Exception {
    assertRefused(place("wrong"), "as ann", "password authentication failed", "pg_hba.conf");
    assertRefused(
        place(server.getPort(), "mars", "ann", RIGHT),
        "\"mars\" does not exist",
        "CREATE DATABASE");
    new Patience(false).store(place(RIGHT), CLOCK).close();
    execute(
        "cloudtask",
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, installed_on, execution_time, success)
        VALUES (99, '99', 'dreams', 'SQL', 'V99__dreams.sql', 1, '', now(), 1, true)
        """);
    assertRefused(place(RIGHT), "was written by a newer program", "99", "use that program");
    execute("cloudtask", "DELETE FROM flyway_schema_history WHERE version = '99'");
  }

  @Test
  void a_server_that_is_away_is_waited_for_unless_the_start_is_to_fail() throws Exception {
    int port = freePort();
    StorePlace place = place(port, "postgres", "postgres", "");
    assertThatThrownBy(() -> new Patience(false).store(place, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("127.0.0.1:" + port, "check that the server is running");

    Patience patience = new Patience(true, Duration.ofMillis(100));
    CompletableFuture<Store> opened = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            opened.complete(patience.store(place, CLOCK));
          } catch (IOException e) {
            opened.completeExceptionally(e);
          }
        });
    try (EmbeddedPostgres later = postgres(port, "later")) {
      assertThat(later.getPort()).isEqualTo(port);
      opened.join().close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
