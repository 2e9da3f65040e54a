package io.cloudtask.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.wire.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
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
  void a_token_must_be_there_and_not_be_guessable() throws Exception {
    Path file = directory.resolve("token");
    assertThatThrownBy(() -> ClusterToken.read(file)).hasMessageContaining("is not there");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> ClusterToken.read(file)).hasMessageContaining("at least 16");
    Files.writeString(file, "0123456789abcdef\n");
    assertThat(ClusterToken.read(file)).isEqualTo("0123456789abcdef");
  }

  @Test
  void the_node_says_what_the_wire_expects() throws Exception {
    Node node = HostNode.describe(config(Map.of()), 8600, Instant.ofEpochSecond(1_521_276_530));

    assertThat(node.type()).isEqualTo(Node.AGENT);
    assertThat(node.location()).isEqualTo("r");
    assertThat(node.apiaddr()).isEqualTo("http://127.0.0.1:8600");
    assertThat(node.attach()).isEqualTo("eyJqb2JtYXhjb3VudCI6MjU1fQo=");
    assertThat(node.alivestamp()).isEqualTo(1_521_276_530);
    assertThat(node.hostname()).isNotBlank();
  }

  @Test
  void a_device_is_an_interface_or_an_address() throws Exception {
    assertThat(HostNode.describe(config(Map.of("cluster.device", "lo")), 1, Instant.EPOCH).ipaddr())
        .isEqualTo("127.0.0.1");
    assertThatThrownBy(
            () -> HostNode.describe(config(Map.of("cluster.device", "eth99")), 1, Instant.EPOCH))
        .hasMessageContaining("no interface or address \"eth99\"");
  }

  @Test
  void platforms_have_the_names_of_the_wire() {
    assertThat(HostNode.os("Linux")).isEqualTo("linux");
    assertThat(HostNode.os("Windows 11")).isEqualTo("windows");
    assertThat(HostNode.os("Mac OS X")).isEqualTo("darwin");
    assertThat(HostNode.platform("aarch64")).isEqualTo("arm64");
    assertThat(HostNode.platform("x86_64")).isEqualTo("amd64");
  }

  private static AgentConfig config(Map<String, String> more) throws ConfigException {
    Map<String, String> values =
        new java.util.HashMap<>(
            Map.of("cluster.runtime", "r", "api.hosts", "127.0.0.1:8600", "cluster.os", "linux"));
    values.putAll(more);
    return AgentConfigReader.of(values);
  }
}
