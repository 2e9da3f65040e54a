package io.cloudtask.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real PostgreSQL server, one for all test classes, with a database of its own for each test. One
 * that a test has done with is emptied and used again.
 */
final class Postgres {
  static final String USER = "postgres";
  static final String PASSWORD = "not a secret";

  private static final EmbeddedPostgres SERVER = start();
  private static final Map<Path, String> USED = new HashMap<>();
  private static final Deque<String> FREE = new ArrayDeque<>();
  private static final Set<String> PREPARED = new HashSet<>();

  /**
   * Makes all tables empty, in whatever order: no reference is checked meanwhile. For tables as
   * small as those of tests that is quicker than TRUNCATE, which makes new files for each.
   */
  private static final String EMPTY =
      """
      DO $$
      DECLARE each text;
      BEGIN
        SET LOCAL session_replication_role = replica;
        FOR each IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history' LOOP
          EXECUTE format('DELETE FROM %I', each);
        END LOOP;
      END $$
      """;

  private static int count;

  private Postgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("max_connections", "200")
              .setConnectConfig("connectTimeout", "20")
              .setPGStartupWait(Duration.ofMinutes(1))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no PostgreSQL server can be started for tests", e);
    }
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  static PostgresSettings settings(String database) {
    return settings(database, port());
  }

  static PostgresSettings settings(String database, int port) {
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    return new PostgresSettings(url, USER, PASSWORD, 6, Duration.ofSeconds(20));
  }

  /** The database that belongs to a folder, empty when the folder is new. */
  static synchronized String database(Path folder) {
    return USED.computeIfAbsent(folder, _ -> fresh());
  }

  /** The same, with its tables: a database is prepared once, and not for each test. */
  static synchronized PostgresSettings prepared(Path folder) {
    String database = database(folder);
    PostgresSettings settings = settings(database);
    if (!PREPARED.contains(database)) {
      PostgresOpening.prepare(settings);
      PREPARED.add(database);
    }
    return settings;
  }

  private static String fresh() {
    String free = FREE.poll();
    if (free != null) {
      execute(free, EMPTY);
      return free;
    }
    String name = "test" + count++;
    execute(USER, "CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
    return name;
  }

  /** No test uses a database any more. */
  static synchronized void release() {
    FREE.addAll(USED.values());
    USED.clear();
  }

  /** Changes something behind the back of the store. */
  static void execute(String database, String sql) {
    try (Connection connection = SERVER.getDatabase(USER, database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  static List<String> words(String database, String sql) {
    List<String> words = new ArrayList<>();
    try (Connection connection = SERVER.getDatabase(USER, database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        words.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
    return words;
  }
}
