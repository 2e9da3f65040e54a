package io.cloudtask.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.model.wire.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRoleTest {
  private static final ServerConfig SHARED = new ServerConfig("http://web:1", "http://center:1");

  @TempDir Path directory;

  @Test
  void what_is_configured_reaches_the_agent() throws Exception {
    try (AgentRole role =
        role(
            """
            cluster: {runtime: r, tokenfile: t, pulse: 3s}
            cache: {savedirectory: %s, cleaninterval: 7m, pullrecovery: 11s}
            """)) {
      AgentSettings settings = role.settings();

      assertThat(settings.pulse()).hasSeconds(3);
      assertThat(settings.cleanInterval()).hasMinutes(7);
      assertThat(settings.pullRecovery()).hasSeconds(11);
      assertThat(settings.saveDirectory()).isEqualTo(directory);
      assertThat(settings.stateDirectory()).isEqualTo(directory.resolve("state"));
      assertThat(settings.node().apiaddr()).isEqualTo("http://127.0.0.1:" + role.port());
    }
  }

  @Test
  void told_not_to_clean_it_never_does() throws Exception {
    try (AgentRole role = role("cluster: {runtime: r}\ncache: {autoclean: false}\n")) {
      assertThat(role.settings().cleanInterval()).isZero();
    }
  }

  @Test
  void it_follows_the_addresses_that_all_share_unless_it_has_its_own() throws Exception {
    try (AgentRole role = role("cluster: {runtime: r}\n")) {
      AgentSettings settings = role.settings();
      assertThat(settings.centerHost().get()).isEmpty();
      role.follow(SHARED);
      assertThat(settings.centerHost().get()).isEqualTo("http://center:1");
    }
    try (AgentRole role =
        role(
            """
            cluster: {runtime: r}
            useserverconfig: false
            centerhost: http://own:1
            websitehost: http://own:2
            """)) {
      role.follow(SHARED);
      assertThat(role.settings().centerHost().get()).isEqualTo("http://own:1");
    }
  }

  @Test
  void a_directory_that_can_not_be_used_is_named_with_its_key() throws Exception {
    Files.writeString(directory.resolve("file"), "in the way");

    try (AgentRole role = role("cluster: {runtime: r}\ncache: {savedirectory: %s/file}\n")) {
      assertThatThrownBy(() -> role.start(() -> new MemoryCoordination().open()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cache.savedirectory")
          .hasMessageContaining(directory.resolve("file").toString());
    }
  }

  private AgentRole role(String text) throws Exception {
    String config = text.formatted(directory) + "api: {hosts: ['127.0.0.1:0']}\n";
    return AgentRole.listen(
        AgentConfigReader.read(config, Map.of()), Host.KEY, "token", Clock.systemUTC());
  }
}
