package io.cloudtask.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Looks whether a PostgreSQL database will do, and brings its tables up to date. */
final class PostgresOpening {
  /** The oldest major version that is tried. */
  static final int OLDEST = 13;

  private static final int CONNECT_SECONDS = 5;

  /** Longer than the server itself waits for anything. */
  private static final int ANSWER_SECONDS = 40;

  private PostgresOpening() {}

  static PGSimpleDataSource source(PostgresSettings settings) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setApplicationName("cloudtask");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    return source;
  }

  /**
   * Makes the database ready.
   *
   * @throws StoreException saying what is wrong with it and how to mend it
   */
  static void prepare(PostgresSettings settings) {
    PGSimpleDataSource source = source(settings);
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement()) {
      checkVersion(settings.name(), connection.getMetaData().getDatabaseMajorVersion());
      checkEncoding(settings.name(), word(sql, "SHOW server_encoding"));
      if (word(sql, "SELECT pg_is_in_recovery()").equals("t")) {
        throw new StoreException(
            "the store %s is a standby server, which takes no changes; name the primary one"
                .formatted(settings.name()));
      }
    } catch (SQLException e) {
      throw cannotOpen(settings, e);
    }
    source.setSocketTimeout(Math.toIntExact(Duration.ofHours(1).toSeconds()));
    try {
      Schema.migrate(
          source,
          settings.name(),
          Map.of("blob", "BYTEA", "clustered", ""),
          "classpath:io/cloudtask/store/migration",
          "classpath:io/cloudtask/store/postgresql");
    } catch (FlywayException e) {
      throw cannotOpen(settings, e);
    }
  }

  static void checkVersion(String name, int major) {
    if (major < OLDEST) {
      throw new StoreException(
          "the store %s is a PostgreSQL %d; at least version %d is needed: upgrade the server"
              .formatted(name, major, OLDEST));
    }
  }

  static void checkEncoding(String name, String encoding) {
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          ("the store %s keeps text as %s, in which not every text fits; make a database with"
                  + " ENCODING 'UTF8' TEMPLATE template0")
              .formatted(name, encoding));
    }
  }

  private static String word(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private static StoreException cannotOpen(PostgresSettings settings, Exception e) {
    PostgresFault fault = PostgresFault.of(e);
    String message = fault == null ? String.valueOf(e.getMessage()) : fault.message();
    String remedy =
        fault == null || fault.remedy().isEmpty()
            ? "is it the database of another program, or from an unfinished test version?"
            : fault.remedy();
    return new StoreException(
        "the store %s can't be opened: %s; %s"
            .formatted(settings, message.lines().findFirst().orElse(""), remedy),
        e,
        fault != null && fault.away());
  }
}
