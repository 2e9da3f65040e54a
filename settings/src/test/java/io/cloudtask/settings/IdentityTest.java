package io.cloudtask.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.wire.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir Path directory;

  @Test
  void the_key_is_made_once_and_only_its_owner_may_read_it() throws Exception {
    Path file = directory.resolve("deep/jobworker.key");

    String key = NodeKey.readOrCreate(file);

    assertThat(key).matches("[0-9a-f-]{36}");
    assertThat(NodeKey.readOrCreate(file)).isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_damaged_key_is_not_replaced() throws Exception {
    Path file = Files.writeString(directory.resolve("jobworker.key"), "oops");

    assertThatThrownBy(() -> NodeKey.readOrCreate(file)).hasMessageContaining("restore it");
    assertThat(file).hasContent("oops");
  }

  @Test
  void a_second_process_is_kept_out_while_the_first_lives() throws Exception {
    Path file = directory.resolve("jobworker.pid");
    try (PidFile first = PidFile.take(file, 4711)) {
      assertThat(first).isNotNull();
      assertThat(file).hasContent("4711");
      assertThatThrownBy(() -> PidFile.take(file, 4712)).hasMessageContaining("process 4711");
    }
    assertThat(file).doesNotExist();
    Files.writeString(file, "what a crash left: 999999999");
    PidFile.take(file, 1).close();
  }

  @Test
  void a_token_must_be_there_and_neither_be_guessable_nor_readable_by_others() throws Exception {
    Path file = directory.resolve("token");
    assertThatThrownBy(() -> ClusterToken.read(file)).hasMessageContaining("is not there");
    SecretFiles.write(file, "\n");
    assertThatThrownBy(() -> ClusterToken.read(file)).hasMessageContaining("is empty");
    SecretFiles.write(file, "0123456789abcde\n");
    assertThatThrownBy(() -> ClusterToken.read(file)).hasMessageContaining("at least 16");
    SecretFiles.write(file, "0123456789abcdef\n");
    assertThat(ClusterToken.read(file)).isEqualTo("0123456789abcdef");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> ClusterToken.read(file))
        .hasMessageContaining("cluster.tokenfile")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_node_says_who_it_is_on_which_host() throws Exception {
    Node node =
        Host.describe("", "linux", "", new Listen("127.0.0.1", 0))
            .node(Node.AGENT, "r", 8600, Instant.ofEpochSecond(1_521_276_530), "e30K");

    assertThat(node.type()).isEqualTo(Node.AGENT);
    assertThat(node.location()).isEqualTo("r");
    assertThat(node.os()).isEqualTo("linux");
    assertThat(node.ipaddr()).isEqualTo("127.0.0.1");
    assertThat(node.apiaddr()).isEqualTo("http://127.0.0.1:8600");
    assertThat(node.singin()).isFalse();
    assertThat(node.alivestamp()).isEqualTo(1_521_276_530);
    assertThat(node.attach()).isEqualTo("e30K");
    assertThat(node.hostname()).isNotBlank();
  }

  @Test
  void a_device_is_an_interface_or_an_address() throws Exception {
    Listen everywhere = new Listen("", 8600);

    assertThat(Host.describe("lo", "", "", everywhere).address()).isEqualTo("127.0.0.1");
    assertThat(Host.describe("127.0.0.1", "", "", everywhere).address()).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> Host.describe("eth99", "", "", everywhere))
        .hasMessageContaining("no interface or address \"eth99\"")
        .hasMessageContaining("lo");
  }

  @Test
  void platforms_have_the_names_of_the_wire() {
    assertThat(Host.os("Linux")).isEqualTo("linux");
    assertThat(Host.os("Windows 11")).isEqualTo("windows");
    assertThat(Host.os("Mac OS X")).isEqualTo("darwin");
    assertThat(Host.platform("aarch64")).isEqualTo("arm64");
    assertThat(Host.platform("x86_64")).isEqualTo("amd64");
  }
}
