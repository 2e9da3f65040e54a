package io.cloudtask.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path scratch;

  @Test
  void only_its_owner_can_read_it() throws Exception {
    try (DataDirectory data = take("a/b")) {
      DataDirectory.Token token = data.token("admin-token");
      assertThat(mode(data.root())).isEqualTo("rwx------");
      assertThat(mode(token.file())).isEqualTo("rw-------");
      assertThat(mode(data.resolve("lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void a_token_is_made_once_and_hard_to_guess() throws Exception {
    DataDirectory.Token first;
    try (DataDirectory data = take("d")) {
      first = data.token("admin-token");
      assertThat(first.made()).isTrue();
      assertThat(first.value()).matches("[A-Za-z0-9_-]{43}");
      assertThat(data.token("cluster-token").value()).isNotEqualTo(first.value());
    }
    try (DataDirectory data = take("d")) {
      DataDirectory.Token again = data.token("admin-token");
      assertThat(again.made()).isFalse();
      assertThat(again.value()).isEqualTo(first.value());
    }
  }

  @Test
  void an_empty_token_file_is_refused() throws Exception {
    try (DataDirectory data = take("d")) {
      Files.writeString(data.resolve("admin-token"), "\n");
      assertThatThrownBy(() -> data.token("admin-token"))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("is empty");
    }
  }

  @Test
  void a_second_process_is_refused_with_the_pid_of_the_first() throws Exception {
    try (DataDirectory data = take("d")) {
      assertThatThrownBy(() -> take("d"))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(data.root().toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    take("d").close();
  }

  @Test
  void a_file_in_its_place_is_refused() throws IOException {
    Files.writeString(scratch.resolve("d"), "");
    assertThatThrownBy(() -> take("d/sub"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--data");
  }

  private DataDirectory take(String name) throws StartException {
    return DataDirectory.take(scratch.resolve(name), new SecureRandom());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
