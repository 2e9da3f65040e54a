package io.cloudtask.center.exchange;

import static io.cloudtask.center.exchange.TestCenter.CLUSTER;
import static io.cloudtask.center.exchange.TestCenter.JOB;
import static io.cloudtask.center.exchange.TestCenter.KEY;
import static io.cloudtask.center.exchange.TestCenter.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.ClaimAnswer;
import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.AgentRow;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseRoutesTest {
  private static final String AGENT = "/cloudtask/v2/agents/" + KEY;
  private static final String ADDRESS = "http://127.0.0.1:8600";
  private static final String OTHER = "609794cc-3539-4f58-a4d3-cc02a4f4848f";

  @TempDir Path dir;
  private TestCenter center;

  @BeforeEach
  void start() {
    center = new TestCenter(dir);
  }

  @AfterEach
  void stop() {
    center.close();
  }

  private HttpResponse<byte[]> lease(String incarnation, long ahead) throws Exception {
    LeaseRequest request = new LeaseRequest(incarnation, NOW.toEpochMilli() + ahead, 0.5);
    return center.json("POST", AGENT + "/lease", CLUSTER, request);
  }

  private static String code(HttpResponse<byte[]> response) {
    return TestCenter.tree(response).at("/error/code").asString();
  }

  private AgentRow.Standing standing() {
    return center.agent().orElseThrow().standing();
  }

  private HttpResponse<byte[]> hello(String incarnation, Node node, long clock) throws Exception {
    return center.json("POST", AGENT + "/hello", CLUSTER, new Hello(incarnation, 0, clock, node));
  }

  @Test
  void a_lease_leaves_an_agent_its_jobs_for_a_while() throws Exception {
    center.assignJobTo(ADDRESS);

    HttpResponse<byte[]> response = lease("one", 12);

    assertThat(Json.MAPPER.readValue(response.body(), LeaseAnswer.class))
        .isEqualTo(
            new LeaseAnswer(
                TestCenter.TERMS.lease().toMillis(), 12, true, TestCenter.TERMS.skew().toMillis()));
    assertThat(standing().leaseuntil()).isEqualTo(NOW.plus(TestCenter.TERMS.lease()));
  }

  @Test
  void an_agent_says_what_it_is_and_how_busy_its_host_is() throws Exception {
    center.assignJobTo(ADDRESS);
    Hello hello = new Hello("one", 0, NOW.toEpochMilli(), Samples.node(ADDRESS), "1.4.0");
    center.json("POST", AGENT + "/hello", CLUSTER, hello);
    lease("one", 0);
    AgentView view = center.store.read(tx -> tx.agents().view(KEY)).orElseThrow();
    assertThat(view.version()).isEqualTo("1.4.0");
    assertThat(view.load()).isEqualTo(0.5);

    for (String load : List.of("-0.5", "1e400", "\"high\"")) {
      String body = "{\"incarnation\":\"one\",\"clock\":0,\"load\":%s}".formatted(load);
      assertThat(center.json("POST", AGENT + "/lease", CLUSTER, body).statusCode()).isEqualTo(400);
    }
    String before = "{\"incarnation\":\"one\",\"clock\":%d}".formatted(NOW.toEpochMilli());
    assertThat(center.json("POST", AGENT + "/lease", CLUSTER, before).statusCode())
        .as("one of a version before that")
        .isEqualTo(200);
  }

  @Test
  void an_agent_learns_that_its_clock_is_off_from_its_lease_and_from_its_hello() throws Exception {
    center.assignJobTo(ADDRESS);

    HttpResponse<byte[]> response = lease("one", -1001);
    assertThat(Json.MAPPER.readValue(response.body(), LeaseAnswer.class).fit()).isFalse();
    assertThat(standing().fit()).isFalse();

    hello("one", Samples.node(ADDRESS), NOW.toEpochMilli() + 999);
    assertThat(standing().fit()).isTrue();
    hello("one", Samples.node(ADDRESS), NOW.toEpochMilli() + 300_000);
    assertThat(standing())
        .extracting(AgentRow.Standing::fit, AgentRow.Standing::skew)
        .containsExactly(false, 300_000L);
    hello("one", Samples.node(ADDRESS), 0);
    assertThat(standing().fit()).as("it does not say what its clock shows").isFalse();
  }

  @Test
  void a_fenced_agent_gets_its_set_first() throws Exception {
    center.assignJobTo(ADDRESS);
    center.store.execute(tx ->
        tx.agents().fence(KEY, standing(tx.agents().find(KEY).orElseThrow()), Duration.ZERO, 0));

    HttpResponse<byte[]> refused = lease("one", 0);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("fenced");

    String etag = center.get(AGENT + "/jobs", CLUSTER).headers().firstValue("ETag").orElseThrow();
    assertThat(lease("one", 0).statusCode()).as("it has not acknowledged it").isEqualTo(409);
    center.get(AGENT + "/jobs", CLUSTER, "If-None-Match", etag);
    assertThat(lease("one", 0).statusCode()).isEqualTo(200);
  }

  private static java.time.Instant standing(AgentRow agent) {
    return agent.standing().leaseuntil();
  }

  @Test
  void another_process_and_an_unknown_agent_get_none() throws Exception {
    assertThat(code(lease("one", 0))).isEqualTo("unknown-agent");
    center.assignJobTo(ADDRESS);
    HttpResponse<byte[]> response = lease("two", 0);
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(code(response)).isEqualTo("other-incarnation");
    assertThat(center.get(AGENT + "/jobs", CLUSTER, "Cloudtask-Incarnation", "two").statusCode())
        .isEqualTo(409);
    assertThat(center.get(AGENT + "/jobs", CLUSTER, "Cloudtask-Incarnation", "one").statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_process_of_another_host_waits_until_the_lease_of_the_first_is_over() throws Exception {
    center.assignJobTo(ADDRESS);
    lease("one", 0);
    Node here = Samples.node(ADDRESS);
    Node elsewhere =
        new Node(
            here.type(),
            "elsewhere",
            "",
            here.location(),
            "linux",
            "amd64",
            "127.0.0.2",
            ADDRESS,
            9,
            true,
            2,
            1,
            null);

    assertThat(code(hello("two", elsewhere, 0))).isEqualTo("other-incarnation");
    assertThat(hello("two", here, 0).statusCode()).as("restarted").isEqualTo(200);
  }

  private HttpResponse<byte[]> claim(String key, String incarnation) throws Exception {
    ClaimRequest request =
        new ClaimRequest(
            incarnation,
            List.of(
                new ClaimRequest.Claim(JOB, NOW), new ClaimRequest.Claim(JOB, NOW.plusSeconds(1))));
    return center.json("POST", "/cloudtask/v2/agents/" + key + "/claims", CLUSTER, request);
  }

  @Test
  void a_fire_time_is_claimed_by_one_agent_which_may_ask_again() throws Exception {
    center.assignJobTo(ADDRESS);
    center.store.execute(
        tx -> tx.agents().hello(OTHER, TestCenter.hello("x", 0, ADDRESS), 9, false, NOW));

    for (int i = 0; i < 2; i++) {
      assertThat(Json.MAPPER.readValue(claim(KEY, "one").body(), ClaimAnswer.class).granted())
          .containsExactly(true, true);
    }
    assertThat(Json.MAPPER.readValue(claim(OTHER, "x").body(), ClaimAnswer.class).granted())
        .containsExactly(false, false);
    assertThat(code(claim(OTHER, "y"))).isEqualTo("other-incarnation");
    assertThat(claim("709794cc-3539-4f58-a4d3-cc02a4f4848f", "z").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"incarnation\":null,\"clock\":1}",
        "{\"incarnation\":\"one\",\"clock\":-1}",
        "{\"incarnation\":\"one\",\"claims\":null}",
        "{\"incarnation\":\"one\",\"claims\":[null]}",
        "{\"incarnation\":\"one\",\"claims\":[{\"jobid\":\"x\"}]}"
      })
  void what_is_malformed_is_refused(String body) throws Exception {
    center.assignJobTo(ADDRESS);
    String route = body.contains("claims") ? "/claims" : "/lease";

    HttpResponse<byte[]> response = center.json("POST", AGENT + route, CLUSTER, body);

    assertThat(response.statusCode()).as(body).isEqualTo(400);
  }
}
