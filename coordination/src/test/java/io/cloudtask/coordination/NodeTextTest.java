package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.wire.ServerConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"WORKER-signed-in.data", "WORKER-signed-out.data"})
  void a_recorded_node_is_written_again_byte_for_byte(String name) throws Exception {
    String recorded = Golden.text(name);

    byte[] written = NodeText.of(NodeText.node(name, recorded.getBytes(StandardCharsets.UTF_8)));

    assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(recorded);
  }

  @Test
  void a_recorded_configuration_is_read_without_its_secrets() throws Exception {
    ServerConfig config =
        NodeText.serverConfig(
            "ServerConfig", Golden.text("ServerConfig.data").getBytes(StandardCharsets.UTF_8));

    assertThat(config)
        .isEqualTo(new ServerConfig("http://10.77.0.1:28091", "http://10.77.0.1:18985"));
    assertThat(new String(NodeText.of(config), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"websitehost\":\"http://10.77.0.1:28091\","
                + "\"centerhost\":\"http://10.77.0.1:18985\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{\"type\":2}", "{\"type\":\"x\"}", "\0"})
  void text_that_is_no_node_is_an_error_that_names_it(String text) {
    assertThatThrownBy(
            () -> NodeText.node("/cloudtask/WORKER-1", text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CoordinationException.class)
        .hasMessageContaining("/cloudtask/WORKER-1");
  }

  @Test
  void what_would_be_a_large_node_is_refused() {
    assertThatThrownBy(() -> NodeText.of("x".repeat(5_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4096");
  }
}
