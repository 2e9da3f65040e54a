package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about a store that is a file. */
class SqliteFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("deep/inside/cloudtask.db");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private void makeStoreWithJob() {
    try (Store store = Store.open(file(), Clock.systemUTC())) {
      store.execute(tx -> {
        tx.runtimes().create("local", "", List.of(), StoreContract.NOW);
        tx.jobs()
            .create(StoreContract.JOB, StoreContract.definition("hello"), "ann", StoreContract.NOW);
      });
    }
  }

  @Test
  void the_file_and_its_log_are_for_their_owner_only() throws IOException {
    try (Store store = Store.open(file(), Clock.systemUTC())) {
      store.execute(tx -> tx.runtimes().create("local", "", List.of(), StoreContract.NOW));
      try (var files = Files.list(file().getParent())) {
        assertThat(files.toList())
            .hasSizeGreaterThan(1)
            .allSatisfy(f ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                    .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void a_store_of_a_newer_program_is_refused_and_left_as_it_is() throws SQLException {
    makeStoreWithJob();
    sql(
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, installed_on, execution_time, success)
        VALUES (99, '99', 'leases', 'SQL', 'V99__leases.sql', 1, '', '2030-01-01 00:00:00.000', 1, 1)
        """);

    assertThatThrownBy(() -> Store.open(file(), Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer program")
        .hasMessageContaining("99")
        .hasMessageContaining(file().toString());
    sql("DELETE FROM flyway_schema_history WHERE version = '99'");
    Store.open(file(), Clock.systemUTC()).close();
  }

  @Test
  void something_else_is_not_taken_for_a_store() throws IOException, SQLException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "dear diary, ".repeat(1000));
    assertThatThrownBy(() -> Store.open(file(), Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file().toString());

    Files.delete(file());
    sql("CREATE TABLE recipe (name TEXT)");
    assertThatThrownBy(() -> Store.open(file(), Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another program");
  }

  @Test
  void a_definition_that_can_not_be_read_is_a_fault_that_names_its_job() throws SQLException {
    makeStoreWithJob();
    for (String broken : List.of("{\"name\":", "null", "{}", "[]")) {
      sql("UPDATE job SET definition = '" + broken + "'");

      try (Store store = Store.open(file(), Clock.systemUTC())) {
        assertThatThrownBy(() -> store.<Object>read(tx -> tx.jobs().find(StoreContract.JOB)))
            .as(broken)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(StoreContract.JOB)
            .hasMessageContaining("version 1");
      }
    }
  }

  @Test
  void a_state_that_is_not_known_is_a_fault_that_names_its_run() throws SQLException {
    makeStoreWithJob();
    sql(
        """
        INSERT INTO run (runid, jobid, version, agentkey, state, cause, attempt, grantedat, reason)
        VALUES ('r1', 'j1', 1, '', 'DREAMING', 'MANUAL', 1, 0, '')
        """);

    try (Store store = Store.open(file(), Clock.systemUTC())) {
      assertThatThrownBy(() -> store.<Object>read(tx -> tx.runs().find("r1")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("r1")
          .hasMessageContaining("DREAMING");
    }
  }

  @Test
  void a_folder_that_can_not_be_made_is_said() throws IOException {
    Files.writeString(folder.resolve("deep"), "a file");
    assertThatThrownBy(() -> Store.open(file(), Clock.systemUTC()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file().toString());
  }
}
