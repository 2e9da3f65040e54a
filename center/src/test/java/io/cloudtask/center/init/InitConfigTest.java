package io.cloudtask.center.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.wire.ServerConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitConfigTest {
  @Test
  void the_sample_shows_the_usual_values() throws Exception {
    InitConfig usual =
        InitConfig.read(
            """
            {"centerhost": "http://127.0.0.1:8985", "websitehost": "http://127.0.0.1:8091"}
            """,
            Map.of());

    assertThat(InitConfig.read(Path.of("../etc/ServerConfig.json"), Map.of())).isEqualTo(usual);
    assertThat(usual.hosts()).isEqualTo("127.0.0.1:2181");
    assertThat(usual.root()).isEqualTo("/cloudtask");
  }

  @Test
  void what_older_versions_shared_is_taken_without_their_storage_driver() throws Exception {
    InitConfig config =
        InitConfig.read(
            """
            {"websitehost":"http://10.77.0.1:28091","centerhost":"http://10.77.0.1:18985",\
            "storagedriver":{"mongo":{"database":"cloudtask","hosts":"127.0.0.1:27117",\
            "options":["maxPoolSize=20"],"auth":{"user":"u","password":"p"}}}}
            """,
            Map.of("CLOUDTASK_CLUSTER_NAME", "/other"));

    assertThat(config.shared())
        .isEqualTo(new ServerConfig("http://10.77.0.1:28091", "http://10.77.0.1:18985"));
    assertThat(config.namesDriver()).isTrue();
    assertThat(config.root()).isEqualTo("/other");
  }

  @Test
  void an_address_must_be_one() {
    assertThatThrownBy(() -> InitConfig.read("{\"centerhost\": \"10.0.0.1\"}", Map.of()))
        .hasMessageContaining("line 1: centerhost is \"10.0.0.1\"; allowed is a URL")
        .hasMessageContaining("websitehost is missing");
    assertThatThrownBy(() -> InitConfig.read("{\"centrehost\": \"http://a\"}", Map.of()))
        .hasMessageContaining("did you mean centerhost?");
  }
}
