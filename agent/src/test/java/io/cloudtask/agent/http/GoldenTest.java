package io.cloudtask.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.wire.JobBase;
import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Sends what was once sent to agents of version 2.3.4, byte by byte, and compares the answers with
 * theirs. What differs on purpose is in the tables below and in docs/decisions/0004.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** The old agents said 202 to anything that was JSON. */
  private static final Map<String, Refusal> NOW_REFUSED =
      Map.of(
          "action-null", new Refusal(400, "malformed", "request resolve invaild."),
          "action-trailing-garbage", new Refusal(400, "malformed", "request resolve invaild."),
          "action-unknown-verb", new Refusal(400, "unknown-action", "request resolve invaild."),
          "action-unknown-job", new Refusal(404, "unknown-job", "request resource not found."),
          "action-wrongruntime", new Refusal(404, "other-runtime", "request resource not found."));

  /** What it asked to be done, where anything. */
  private static final Map<String, String> DONE =
      Map.of(
          "action-start", "start f4b35b0cc6cb5996737758df null",
          "action-start-again", "start f4b35b0cc6cb5996737758df null",
          "action-stop", "stop f4b35b0cc6cb5996737758df null",
          "action-stop-notrunning", "stop f4b35b0cc6cb5996737758df null",
          "jobsalloc-post", "nudge");

  private static FakeAgent agent;
  private static AgentServer server;

  private record Refusal(int status, String code, String content) {}

  @BeforeAll
  static void startTheAgentOfTheRecording() throws Exception {
    JsonNode ping = recorded("ping").json();
    List<JobBase> jobs =
        Json.MAPPER.convertValue(
            recorded("jobs").json().at("/data/jobbase"), new TypeReference<List<JobBase>>() {});
    agent =
        new FakeAgent(
            Json.MAPPER.convertValue(ping.get("node"), Node.class),
            ping.at("/cache/allocversion").asLong(),
            jobs);
    String shown = ping.get("systemconfig").toString();
    AgentConfig config = AgentConfigReader.read(shown, Map.of("CLOUDTASK_API_AUTH", "none"));
    AgentConfig here =
        AgentConfigReader.read(
            shown, Map.of("CLOUDTASK_API_AUTH", "none", "CLOUDTASK_API_HOST", "127.0.0.1:0"));
    server =
        AgentServer.start(
            here, Tls.NONE, ping.get("key").stringValue(), null, config::system, agent);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> recordings() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".req"))
          .map(name -> name.substring(0, name.length() - ".req".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void it_answers_as_it_always_has(String name) throws IOException {
    Wire.Answer old = recorded(name);
    agent.asked.clear();

    Wire.Answer now = Wire.send(server.port(), Files.readAllBytes(GOLDEN.resolve(name + ".req")));

    assertThat(now.header("Content-Type")).isEqualTo(old.header("Content-Type"));
    assertThat(now.header("Location")).isEqualTo(old.header("Location"));
    assertThat(now.header("X-Content-Type-Options"))
        .isEqualTo(old.header("X-Content-Type-Options"));
    assertThat(agent.asked)
        .containsExactlyElementsOf(
            DONE.containsKey(name) ? List.of(DONE.getOrDefault(name, "")) : List.of());
    Refusal refusal = NOW_REFUSED.get(name);
    if (refusal != null) {
      assertThat(old.status()).as("the table is out of date").isEqualTo(202);
      assertRefused(now, refusal.status(), refusal.content());
      assertThat(now.json().at("/error/code").stringValue()).isEqualTo(refusal.code());
    } else {
      assertSame(old, now);
    }
  }

  @Test
  void every_answer_that_was_recorded_is_replayed() throws IOException {
    assertThat(recordings()).hasSize(35).containsAll(NOW_REFUSED.keySet());
  }

  private static void assertSame(Wire.Answer old, Wire.Answer now) {
    boolean json = old.body().startsWith("{");
    if (old.status() >= 400 && json) {
      assertRefused(now, old.status(), old.json().get("content").stringValue());
      return;
    }
    assertThat(now.statusLine()).isEqualTo(old.statusLine());
    if (json) {
      assertThat(Shape.of(now.json())).isEqualTo(Shape.of(old.json()));
    }
    // The program that answers is another one than then; all else is the same to the letter.
    assertThat(now.body().replaceFirst("\"app\":\"[0-9a-f]{32}\"", "\"app\":\"\""))
        .isEqualTo(old.body().replaceFirst("\"app\":\"[0-9a-f]{32}\"", "\"app\":\"\""));
  }

  /** The old text, and beside it what is to be mended. */
  private static void assertRefused(Wire.Answer now, int status, String content) {
    assertThat(now.status()).isEqualTo(status);
    JsonNode body = now.json();
    assertThat(body.propertyNames()).containsExactly("content", "error");
    assertThat(body.get("content").stringValue()).isEqualTo(content);
    assertThat(body.at("/error/code").stringValue()).isNotBlank();
    assertThat(body.at("/error/message").stringValue()).isNotBlank();
  }

  private static Wire.Answer recorded(String name) throws IOException {
    return Wire.parse(Files.readString(GOLDEN.resolve(name + ".resp")));
  }
}
