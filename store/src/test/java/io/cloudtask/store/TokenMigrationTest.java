package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens from before there were accounts. */
class TokenMigrationTest {
  /** Takes the tables back to version 5, with three tokens. */
  private static final List<String> BACK =
      List.of(
          "DROP TABLE session",
          "DROP TABLE account",
          "DROP TABLE login",
          "DROP TABLE token",
          """
          CREATE TABLE token (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,
            roles TEXT NOT NULL, scope TEXT NOT NULL, createat BIGINT NOT NULL)
          """,
          "INSERT INTO token VALUES ('admin', '%s', '[\"admin\"]', '', 7)"
              .formatted(Columns.sha256("secret")),
          "INSERT INTO token VALUES ('ci', '%s', '[\"operator\",\"viewer\"]', 'local', 8)"
              .formatted(Columns.sha256("other")),
          "INSERT INTO token VALUES ('none', '%s', '[]', '', 9)"
              .formatted(Columns.sha256("nothing")),
          "ALTER TABLE agent DROP COLUMN version",
          "ALTER TABLE agent DROP COLUMN load",
          "DELETE FROM flyway_schema_history WHERE version >= '6'");

  @TempDir Path folder;

  @Test
  void a_sqlite_file_keeps_them() throws Exception {
    Path file = folder.resolve("cloudtask.db");
    Store.open(file, Clock.systemUTC()).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      for (String statement : BACK) {
        sql.execute(statement);
      }
    }
    try (Store store = Store.open(file, Clock.systemUTC())) {
      theyWork(store);
    }
  }

  @Test
  void a_postgresql_database_keeps_them() {
    String database = Postgres.database(folder);
    Store.connect(Postgres.settings(database)).close();
    BACK.forEach(statement -> Postgres.execute(database, statement));
    try (Store store = Store.connect(Postgres.settings(database))) {
      theyWork(store);
    } finally {
      Postgres.release();
    }
  }

  private static void theyWork(Store store) {
    assertThat(find(store, "secret").grants()).containsExactly(GrantRow.ADMIN);
    assertThat(find(store, "secret").name()).isEqualTo("admin");
    assertThat(find(store, "secret").createat().toEpochMilli()).isEqualTo(7);
    assertThat(find(store, "other").grants())
        .isEqualTo(Set.of(new GrantRow("operator", "local"), new GrantRow("viewer", "local")));
    assertThat(find(store, "nothing").grants()).isEmpty();
  }

  private static TokenRow find(Store store, String token) {
    return store.<TokenRow>read(tx -> tx.tokens().find(token).orElseThrow());
  }
}
