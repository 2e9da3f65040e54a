package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
  @TempDir Path directory;
  private final GlobalOptions options = new GlobalOptions();

  @BeforeEach
  void standaloneRanHere() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("console-url"), "http://127.0.0.1:4711\n");
    Files.writeString(data.resolve("admin-token"), "from-data\n");
  }

  @Test
  void the_data_directory_here_is_the_default() throws Failure {
    assertThat(target(Map.of()))
        .isEqualTo(new Target(URI.create("http://127.0.0.1:4711"), "from-data", false, null));
  }

  @Test
  void without_one_the_usual_port_is_asked() throws Failure {
    assertThat(Target.of(options, Map.of(), directory.resolve("elsewhere")))
        .isEqualTo(new Target(URI.create("http://127.0.0.1:8091"), null, false, null));
  }

  @Test
  void the_environment_beats_it_and_options_beat_the_environment() throws Failure {
    Map<String, String> environment =
        Map.of("CLOUDTASK_URL", "https://center/", "CLOUDTASK_TOKEN", "e");
    assertThat(target(environment))
        .isEqualTo(new Target(URI.create("https://center"), "e", true, null));
    options.token = "o";
    options.url = "http://other:1";
    assertThat(target(environment))
        .isEqualTo(new Target(URI.create("http://other:1"), "o", true, null));
  }

  @Test
  void a_directory_that_is_named_beats_the_environment() throws Failure {
    options.data = Path.of("data");
    assertThat(target(Map.of("CLOUDTASK_URL", "https://center", "CLOUDTASK_TOKEN", "e")))
        .isEqualTo(new Target(URI.create("http://127.0.0.1:4711"), "from-data", true, null));
  }

  @Test
  void the_token_found_here_is_not_sent_to_another_machine() throws Failure {
    assertThat(target(Map.of("CLOUDTASK_URL", "http://center:8091")).token()).isNull();
    assertThat(target(Map.of("CLOUDTASK_URL", "http://localhost:8091")).token())
        .isEqualTo("from-data");
  }

  @Test
  void nonsense_is_refused_with_what_is_right() {
    options.url = "center:8091";
    assertThatThrownBy(() -> target(Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("http://127.0.0.1:8091");
    options.data = Path.of("nowhere");
    assertThatThrownBy(() -> target(Map.of())).hasMessageContaining("is no directory");
  }

  private Target target(Map<String, String> environment) throws Failure {
    return Target.of(options, environment, directory);
  }
}
