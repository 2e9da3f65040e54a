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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a program of this host what the manual asks, and reads what the manual prints. */
class ManualTest {
  private static final Pattern BLOCK = Pattern.compile("``` ?json\\s(.*?)```", Pattern.DOTALL);

  private static List<String> samples;
  private static FakeAgent agent;
  private static AgentServer server;

  @BeforeAll
  static void startTheAgentOfTheManual() throws Exception {
    String manual = Files.readString(Path.of("src/test/resources/agent-api-manual.md"));
    samples = BLOCK.matcher(manual).results().map((MatchResult m) -> m.group(1)).toList();
    JsonNode ping = response(samples.get(0));
    List<JobBase> jobs =
        Json.MAPPER.convertValue(
            response(samples.get(1)).at("/data/jobbase"), new TypeReference<List<JobBase>>() {});
    agent =
        new FakeAgent(
            Json.MAPPER.convertValue(ping.get("node"), Node.class),
            ping.at("/cache/allocversion").asLong(),
            jobs);
    String shown = ping.get("systemconfig").toString();
    AgentConfig config = AgentConfigReader.read(shown, Map.of("CLOUDTASK_API_AUTH", "none"));
    AgentConfig here = AgentConfigReader.read(shown, Map.of("CLOUDTASK_API_HOST", "127.0.0.1:0"));
    server =
        AgentServer.start(
            here, Tls.NONE, ping.get("key").stringValue(), null, config::system, agent);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ping() throws IOException {
    Wire.Answer answer = ask("GET /cloudtask/v2/_ping");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    ObjectNode printed = response(samples.get(0)).asObject();
    ObjectNode ours = answer.json().asObject();
    assertThat(Shape.of(ours)).isEqualTo(Shape.of(printed));
    assertThat(ours.get("app").stringValue()).matches("[0-9a-f]{32}");
    printed.put("app", ours.get("app").stringValue());
    assertThat(answer.body()).isEqualTo(printed.toString());
  }

  @Test
  void all_jobs_also_the_one_with_two_schedules_of_one_id() throws IOException {
    Wire.Answer answer = ask("GET /cloudtask/v2/jobs");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(answer.body()).isEqualTo(response(samples.get(1)).toString());
    assertThat(answer.json().at("/data/jobbase/0/schedule").size()).isEqualTo(2);
  }

  @Test
  void one_job() throws IOException {
    JsonNode printed = response(samples.get(2));
    String id = printed.at("/data/jobbase/jobid").stringValue();

    Wire.Answer answer = ask("GET /cloudtask/v2/jobs/" + id);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    // The manual shows one schedule here and two of the same job in the list.
    ObjectNode ours = answer.json().asObject();
    ours.at("/data/jobbase/schedule").asArray().remove(1);
    assertThat(ours).hasToString(printed.toString());
  }

  @Test
  void an_action_of_a_job_that_is_not_here_is_not_found_and_of_one_that_is_is_accepted()
      throws IOException {
    String[] parts = samples.get(3).split("/\\*Response\\*/", 2);
    String request = parts[0].replace("/*Request*/", "").strip();
    String held = request.replace("8fee1ea957b7b6b49bd4e75f", "33bd7b52592f4f2c45262e3b");

    Wire.Answer foreign = act(request);
    Wire.Answer accepted = act(held);

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(accepted.statusLine()).isEqualTo("HTTP/1.1 202 Accepted");
    assertThat(accepted.body()).isEqualTo(response(samples.get(3)).toString());
    assertThat(agent.asked).containsExactly("start 33bd7b52592f4f2c45262e3b null");
  }

  private static Wire.Answer act(String body) throws IOException {
    return Wire.send(
        server.port(), "PUT /cloudtask/v2/jobs/action", body, "Content-Type: application/json");
  }

  private static Wire.Answer ask(String requestLine) throws IOException {
    return Wire.send(server.port(), requestLine, "");
  }

  private static JsonNode response(String sample) {
    String text = sample.substring(sample.indexOf("/*Response*/"));
    return Json.MAPPER.readTree(text.substring(text.indexOf('{')));
  }
}
