package io.cloudtask.center.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstAdministratorTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;
  private final Passwords passwords = new Passwords();
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("cloudtask.db"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String introduced() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    FirstAdministrator.introduce(
        store, NOW, new PrintStream(terminal, true, StandardCharsets.UTF_8));
    return terminal.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_store_without_users_gets_one_whose_password_is_said_once() {
    String said = introduced();
    String password = said.replaceFirst("(?s).*password: (\\S+)\n.*", "$1");
    assertThat(
            passwords.matches(
                password, store.<Optional<String>>read(tx -> tx.accounts().password("admin"))))
        .isTrue();
    AccountRow row = store.<AccountRow>read(tx -> tx.accounts().find("admin").orElseThrow());
    assertThat(row.administers()).isTrue();
    assertThat(row.mustchange()).isTrue();
    assertThat(introduced()).isEmpty();
  }

  @Test
  void of_centers_that_start_together_one_makes_it() throws Exception {
    List<Future<Optional<String>>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        Callable<Optional<String>> center = () -> FirstAdministrator.make(store, passwords, NOW);
        made.add(threads.submit(center));
      }
    }
    List<String> said = new ArrayList<>();
    for (Future<Optional<String>> one : made) {
      one.get().ifPresent(said::add);
    }
    assertThat(said).hasSize(1);
    assertThat(
            passwords.matches(
                said.getFirst(),
                store.<Optional<String>>read(tx -> tx.accounts().password("admin"))))
        .isTrue();
  }
}
