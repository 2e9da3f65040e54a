package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about a store behind a network. */
class PostgresConnectionTest {
  private static final Instant NOW = StoreContract.NOW;

  @TempDir Path folder;

  @AfterEach
  void release() {
    Postgres.release();
  }

  private String database() {
    return Postgres.database(folder);
  }

  private static PostgresSettings impatient(String database, int port) {
    PostgresSettings settings = Postgres.settings(database, port);
    return new PostgresSettings(
        settings.url(), settings.user(), settings.password(), 3, Duration.ofSeconds(1));
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(Callable<?> call) {
    return assertThatThrownBy(call::call)
        .isInstanceOf(StoreException.class)
        .satisfies(e -> {
          StringWriter all = new StringWriter();
          e.printStackTrace(new PrintWriter(all));
          assertThat(all.toString()).doesNotContain(Postgres.PASSWORD);
        });
  }

  private static void make(Store store, String runtime) {
    store.execute(tx -> tx.runtimes().create(runtime, "", List.of(), NOW));
  }

  private static int count(Store store) {
    return store.<List<RuntimeRow>>read(tx -> tx.runtimes().list()).size();
  }

  @Test
  void its_clock_is_that_of_the_database() {
    try (Store store = Store.connect(Postgres.settings(database()))) {
      String before = Postgres.words("postgres", "SELECT clock_timestamp()").getFirst();
      Instant now = store.<Instant>write(Tx::now);
      assertThat(now).isAfter(NOW.minus(Duration.ofDays(3650)));
      assertThat(before).isNotEmpty();
      assertThat(store.<Instant>write(Tx::now)).isAfterOrEqualTo(now);
    }
  }

  @Test
  void an_unknown_database_is_named_and_how_to_make_it() {
    assertRefused(() -> Store.connect(Postgres.settings("mars")))
        .hasMessageContaining("mars")
        .hasMessageContaining("CREATE DATABASE");
  }

  @Test
  void a_wrong_password_is_said_without_saying_it() {
    Postgres.execute("postgres", "DROP ROLE IF EXISTS ann");
    Postgres.execute("postgres", "CREATE ROLE ann LOGIN PASSWORD 'right'");
    PostgresSettings known = Postgres.settings(database());
    PostgresSettings nobody = new PostgresSettings(known.url(), "nobody", Postgres.PASSWORD);

    assertThat(nobody.toString()).doesNotContain(Postgres.PASSWORD).contains("nobody");
    assertRefused(() -> Store.connect(nobody))
        .hasMessageContaining("nobody")
        .hasMessageContaining("pg_hba.conf");
  }

  @Test
  void a_user_who_may_make_no_tables_is_told_what_is_missing() {
    Postgres.execute("postgres", "DROP ROLE IF EXISTS bob");
    Postgres.execute("postgres", "CREATE ROLE bob LOGIN");
    Postgres.execute(database(), "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    try {
      PostgresSettings known = Postgres.settings(database());
      assertRefused(() -> Store.connect(new PostgresSettings(known.url(), "bob", "")))
          .hasMessageContaining("permission denied")
          .hasMessageContaining("GRANT");
    } finally {
      Postgres.execute(database(), "GRANT CREATE ON SCHEMA public TO PUBLIC");
    }
  }

  @Test
  void a_server_that_does_not_answer_is_named() throws IOException {
    int port;
    try (Wire wire = new Wire(Postgres.port())) {
      port = wire.port();
    }
    assertRefused(() -> Store.connect(Postgres.settings("cloudtask", port)))
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("check that the server is running");
  }

  @Test
  void a_server_that_is_too_old_is_refused() {
    assertRefused(
            () -> {
              PostgresOpening.checkVersion("postgresql://db/cloudtask", 12);
              return null;
            })
        .hasMessageContaining("PostgreSQL 12")
        .hasMessageContaining("13");
    PostgresOpening.checkVersion("postgresql://db/cloudtask", 13);
  }

  @Test
  void a_database_in_which_not_every_text_fits_is_refused() {
    Postgres.execute("postgres", "DROP DATABASE IF EXISTS latin");
    Postgres.execute(
        "postgres",
        "CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    assertRefused(() -> Store.connect(Postgres.settings("latin")))
        .hasMessageContaining("LATIN1")
        .hasMessageContaining("UTF8");
    Postgres.execute("postgres", "DROP DATABASE latin");
  }

  @Test
  void tables_of_a_newer_program_are_refused_and_left_as_they_are() {
    Store.connect(Postgres.settings(database())).close();
    Postgres.execute(
        database(),
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, installed_on, execution_time, success)
        VALUES (99, '99', 'dreams', 'SQL', 'V99__dreams.sql', 1, '', now(), 1, true)
        """);
    assertRefused(() -> Store.connect(Postgres.settings(database())))
        .hasMessageContaining("newer program")
        .hasMessageContaining("99");
    Postgres.execute(database(), "DELETE FROM flyway_schema_history WHERE version = '99'");
    Store.connect(Postgres.settings(database())).close();
  }

  @Test
  void the_address_names_neither_user_nor_password() {
    for (String options : List.of("?password=secret", "?ssl=true&Password=secret", "?user=ann")) {
      String url = "jdbc:postgresql://db/cloudtask" + options;
      assertThatThrownBy(() -> new PostgresSettings(url, "ann", "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() -> new PostgresSettings("postgres://db/cloudtask", "ann", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void calls_fail_while_the_server_is_away_and_succeed_when_it_is_back() throws IOException {
    try (Wire wire = new Wire(Postgres.port());
        Store store = Store.connect(impatient(database(), wire.port()))) {
      make(store, "before");
      wire.cut();
      assertRefused(
              () -> {
                make(store, "meanwhile");
                return null;
              })
          .hasMessageContaining("127.0.0.1:" + wire.port())
          .hasMessageContaining("check that the server is running");
      assertRefused(() -> count(store));

      wire.mend();
      make(store, "after");
      assertThat(count(store)).isEqualTo(2);
    }
  }

  @Test
  void connections_that_the_server_ended_are_replaced_unnoticed() {
    try (Store store = Store.connect(Postgres.settings(database()))) {
      make(store, "before");
      Postgres.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
              .formatted(database()));
      make(store, "after");
      assertThat(count(store)).isEqualTo(2);
    }
  }

  @Test
  void when_the_answer_to_a_commit_is_lost_that_is_said_and_asking_again_does_no_harm()
      throws IOException {
    try (Wire wire = new Wire(Postgres.port());
        Store store = Store.connect(impatient(database(), wire.port()))) {
      make(store, "before");
      wire.loseTheAnswerToACommit();
      assertRefused(
              () -> {
                make(store, "meanwhile");
                return null;
              })
          .hasMessageContaining("is not known");

      wire.mend();
      make(store, "meanwhile");
      assertThat(count(store)).isEqualTo(2);
    }
  }
}
