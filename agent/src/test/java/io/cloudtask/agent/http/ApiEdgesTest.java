package io.cloudtask.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.model.wire.JobBase;
import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiEdgesTest {
  private static final String JOB = "399d4b159c65c9b34d2a3c41";
  private static final String TOKEN = "a-token-of-the-cluster";
  private static final String BEARER = "Authorization: Bearer " + TOKEN;
  private static final String OUTPUT = "GET /cloudtask/v2/runs/" + FakeAgent.RUN + "/output/";

  private static FakeAgent agent;
  private static AgentServer server;

  @BeforeAll
  static void start() throws Exception {
    AgentConfig config = config(Map.of());
    JobBase job = new JobBase(JOB, "j", "", JobBase.fileCode(""), "x", List.of(), 0, 1, List.of());
    agent = new FakeAgent(config.node(8600, Tls.NONE, Instant.EPOCH), 7, List.of(job));
    server = AgentServer.start(config, Tls.NONE, "key", TOKEN, config::system, agent);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"runtime\":\"r\",\"action\":\"stop\"}                             | jobid",
        "{\"jobid\":\"J\",\"action\":\"stop\"}                               | runtime",
        "{\"runtime\":\"r\",\"jobid\":\"J\"}                                 | action",
        "{\"runtime\":5,\"jobid\":\"J\",\"action\":\"stop\"}                 | runtime",
        "{\"runtime\":\"r\",\"jobid\":[],\"action\":\"stop\"}                | jobid",
        "{\"runtime\":\"r\",\"jobid\":\"J\",\"action\":{}}                   | action",
        "{\"runtime\":\"r\",\"jobid\":\"J\",\"action\":\" \"}                | action",
        "{\"runtime\":\"r\",\"jobid\":\"J\",\"action\":\"stop\",\"runid\":7} | runid",
        "{\"runtime\":\"r\",\"jobid\":\"J\",\"action\":\"stop\",\"runid\":\"../x\"} | runid",
      })
  void an_action_with_a_bad_field_names_it(String body, String field) throws IOException {
    Wire.Answer answer = act(body.replace("J", JOB));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/field").stringValue()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "\"x\"", "null", "{", "{}{}", "{\"a\":1}x", "\u0000"})
  void a_body_that_is_no_object_is_refused(String body) throws IOException {
    Wire.Answer answer = act(body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("content").stringValue()).isEqualTo("request resolve invaild.");
  }

  @Test
  void an_action_can_name_a_run() throws IOException {
    agent.asked.clear();

    Wire.Answer answer =
        act(
            "{\"runtime\":\"r\",\"jobid\":\"%s\",\"action\":\"Start\",\"runid\":\"%s\",\"x\":1}"
                .formatted(JOB, FakeAgent.RUN));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(agent.asked).containsExactly("start " + JOB + " " + FakeAgent.RUN);
  }

  @Test
  void who_names_the_run_to_start_is_told_which_one_goes_and_nobody_else_is() throws IOException {
    String start = "{\"runtime\":\"r\",\"jobid\":\"%s\",\"action\":\"start\"%s}";
    agent.going = true;
    try {
      Wire.Answer plain = act(start.formatted(JOB, ""));
      Wire.Answer named = act(start.formatted(JOB, ",\"runid\":\"" + "a".repeat(32) + "\""));

      assertThat(plain.status()).isEqualTo(202);
      assertThat(plain.body()).isEqualTo("{\"content\":\"request accepted.\"}");
      assertThat(named.status()).isEqualTo(202);
      assertThat(named.body())
          .isEqualTo(
              "{\"content\":\"request accepted.\",\"data\":{\"runid\":\"%s\"}}"
                  .formatted(FakeAgent.RUN));
    } finally {
      agent.going = false;
    }
  }

  @Test
  void deep_nesting_is_refused() throws IOException {
    assertThat(act("[".repeat(10_000) + "]".repeat(10_000)).status()).isEqualTo(400);
    assertThat(act("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)).status()).isEqualTo(400);
  }

  @Test
  void a_body_of_10_mb_is_refused_with_a_word() throws IOException {
    Wire.Answer answer = act("x".repeat(10 * 1024 * 1024));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().at("/error/message").stringValue()).contains("65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
        "399D4B159C65C9B34D2A3C41",
        "399d4b159c65c9b34d2a3c4",
        "a+b",
        "%E2%82%AC",
      })
  void an_id_that_is_none_is_not_found(String id) throws IOException {
    Wire.Answer answer = ask("GET /cloudtask/v2/jobs/" + id);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain("passwd");
  }

  @ParameterizedTest
  @CsvSource({
    "/cloudtask/v2//jobs?x=1, /cloudtask/v2/jobs?x=1",
    "//evil.example/x, /evil.example/x",
    "/cloudtask/v2/x/../jobs, /cloudtask/v2/jobs",
    "/cloudtask/./v2/jobs, /cloudtask/v2/jobs",
    "/../../x, /x",
  })
  void a_path_that_is_not_clean_moves_to_the_clean_one(String path, String clean)
      throws IOException {
    Wire.Answer answer = ask("GET " + path);

    assertThat(answer.status()).isEqualTo(301);
    assertThat(answer.header("Location")).contains(clean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/cloudtask/v2/jobs/%", "/a\"b", "/cloudtask/v2/jobs/%ff"})
  void a_path_that_is_nonsense_is_refused(String path) throws IOException {
    assertThat(ask("GET " + path).status()).isIn(400, 404);
  }

  @Test
  void the_methods_that_would_do_are_named() throws IOException {
    assertThat(ask("DELETE /cloudtask/v2/jobs").header("Allow")).contains("GET, OPTIONS");
    assertThat(ask("POST /cloudtask/v2/jobs/action").header("Allow")).contains("GET, PUT, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: 10.77.0.11:8600",
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://localhost.evil.example",
        "Origin: http://evil@127.0.0.1.nip.io",
        "X-Forwarded-For: 8.8.8.8",
        "Via: 1.1 proxy",
        "Authorization: Bearer wrong",
        "Authorization: Basic " + TOKEN,
      })
  void a_stranger_is_kept_out_of_every_route(String header) throws IOException {
    agent.asked.clear();
    String foreign = header.startsWith("Authorization") ? "Host: 10.0.0.1" : "X-Nothing: x";
    for (Route route : AgentServer.routes("key", () -> config(Map.of()).system(), agent)) {
      String path = String.join("/", route.path()).replaceAll("\\{[a-z]*\\}", "x");

      Wire.Answer answer = ask(route.method() + " /" + path, header, foreign);

      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.json().at("/error/message").stringValue()).contains("cluster token");
    }
    assertThat(agent.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host: localhost:8600", "Host: 127.0.0.1", "Host: [::1]:1", "Host: LocalHost"})
  void a_program_of_this_host_needs_no_token(String host) throws IOException {
    assertThat(ask("GET /cloudtask/v2/jobs", host).status()).isEqualTo(200);
    assertThat(ask("GET /cloudtask/v2/jobs", host, "Origin: http://localhost:3000").status())
        .isEqualTo(200);
  }

  @Test
  void the_cluster_comes_in_with_its_token_by_any_name() throws IOException {
    assertThat(ask("GET /cloudtask/v2/jobs", "Host: 10.0.0.1", BEARER).status()).isEqualTo(200);
    assertThat(ask("POST /cloudtask/v2/jobsalloc", "Host: a.b", BEARER).body()).isEqualTo("null");
  }

  @Test
  void only_pages_of_this_host_may_read_answers() throws IOException {
    Wire.Answer local = ask("OPTIONS /cloudtask/v2/jobs", "Origin: http://127.0.0.1:3000");
    Wire.Answer foreign = ask("OPTIONS /cloudtask/v2/jobs", "Origin: https://evil.example");

    assertThat(local.header("Access-Control-Allow-Origin")).contains("http://127.0.0.1:3000");
    assertThat(local.header("Vary")).contains("Origin");
    assertThat(foreign.status()).isEqualTo(200);
    assertThat(foreign.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void without_cors_no_page_may() throws Exception {
    AgentConfig config = config(Map.of("api.enablecors", "false"));
    try (AgentServer closed =
        AgentServer.start(config, Tls.NONE, "key", TOKEN, config::system, agent)) {
      Wire.Answer options =
          Wire.send(
              closed.port(), "OPTIONS /cloudtask/v2/jobs", "", "Origin: http://localhost:3000");
      assertThat(options.status()).isEqualTo(405);
      assertThat(options.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  void output_is_read_piece_by_piece_and_by_the_cluster_only() throws IOException {
    assertThat(ask(OUTPUT + "stdout").status()).isEqualTo(401);

    Wire.Answer first = ask(OUTPUT + "stdout?max=6", BEARER);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("hello\n");
    assertThat(first.header("Cloudtask-Next")).contains("6");
    assertThat(first.header("Cloudtask-End")).contains("false");
    assertThat(first.headers()).doesNotContainKey("cloudtask-cut");

    Wire.Answer last = ask(OUTPUT + "stdout?from=6", BEARER);
    assertThat(last.body()).isEqualTo("world\n");
    assertThat(last.header("Cloudtask-Next")).contains("12");
    assertThat(last.header("Cloudtask-End")).contains("true");
    assertThat(last.header("Cloudtask-Cut")).contains("3-5");
  }

  @ParameterizedTest
  @CsvSource({
    "0123456789abcdef0123456789abcdee/output/stdout, 404",
    "nonsense/output/stdout, 400",
    "..%2f..%2fx/output/stdout, 400",
    "0123456789abcdef0123456789abcdef/output/shadow, 400",
    "0123456789abcdef0123456789abcdef/output/stderr, 500",
    "0123456789abcdef0123456789abcdef/output/stdout?from=-1, 400",
    "0123456789abcdef0123456789abcdef/output/stdout?from=99999999999999999999, 400",
    "0123456789abcdef0123456789abcdef/output/stdout?max=0, 400",
    "0123456789abcdef0123456789abcdef/output/stdout?max=1048577, 400",
    "0123456789abcdef0123456789abcdef/output/stdout?max=abc, 400",
  })
  void a_bad_request_for_output_is_told_why(String path, int status) throws IOException {
    Wire.Answer answer = ask("GET /cloudtask/v2/runs/" + path, BEARER);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().at("/error/message").stringValue()).isNotBlank();
  }

  @Test
  void it_listens_on_every_address_it_is_told() throws Exception {
    AgentConfig config = config(Map.of("api.hosts", "127.0.0.1:0,127.0.0.2:0"));
    try (AgentServer both =
        AgentServer.start(config, Tls.NONE, "key", TOKEN, config::system, agent)) {
      assertThat(Wire.send(both.port(), "GET /cloudtask/v2/_ping", "").status()).isEqualTo(200);
    }
  }

  @Test
  void a_busy_port_is_said_in_words() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AgentConfig config = config(Map.of("api.hosts", "127.0.0.1:" + busy.getLocalPort()));
      assertThatThrownBy(
              () -> AgentServer.start(config, Tls.NONE, "key", TOKEN, config::system, agent))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("can't listen on")
          .hasMessageContaining("api.hosts");
    }
  }

  private static AgentConfig config(Map<String, String> more) {
    Map<String, String> values =
        new java.util.HashMap<>(
            Map.of(
                "cluster.runtime", "r", "api.hosts", "127.0.0.1:0", "cluster.tokenfile", "token"));
    values.putAll(more);
    try {
      return AgentConfigReader.of(values);
    } catch (io.cloudtask.settings.ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private static Wire.Answer act(String body) throws IOException {
    return Wire.send(server.port(), "PUT /cloudtask/v2/jobs/action", body);
  }

  private static Wire.Answer ask(String requestLine, String... headers) throws IOException {
    return Wire.send(server.port(), requestLine, "", headers);
  }
}
