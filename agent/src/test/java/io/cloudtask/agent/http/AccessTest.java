package io.cloudtask.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.settings.Tls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in where: every route of the agent, tried with every kind of caller. */
class AccessTest {
  private static final String TOKEN = "a-token-of-the-cluster";
  private static final String RIGHT = "Authorization: Bearer " + TOKEN;
  private static final String LOCAL = "Host: localhost";
  private static final String ELSEWHERE = "Host: agent7.example:8600";

  /** What is on the list is on purpose: a new route has to be written down here. */
  @Test
  void the_list_of_routes_says_who_may_use_them() throws Exception {
    AgentConfig config = config("local");
    assertThat(AgentServer.routes("key", config::system, agent(config)))
        .extracting(
            route -> route.method() + " /" + String.join("/", route.path()) + ": " + route.access())
        .containsExactlyInAnyOrder(
            "GET /cloudtask/v2/_ping: LOCAL_OR_CLUSTER",
            "GET /cloudtask/v2/jobs: LOCAL_OR_CLUSTER",
            "PUT /cloudtask/v2/jobs/action: LOCAL_OR_CLUSTER",
            "GET /cloudtask/v2/jobs/{jobid}: LOCAL_OR_CLUSTER",
            "POST /cloudtask/v2/jobsalloc: LOCAL_OR_CLUSTER",
            "GET /cloudtask/v2/runs/{runid}/output/{stream}: CLUSTER");
  }

  @Test
  void a_local_caller_without_a_token_gets_in_where_it_says_so() throws Exception {
    each("local", route -> route.access() == Access.LOCAL_OR_CLUSTER, LOCAL);
  }

  @Test
  void a_caller_from_elsewhere_without_a_token_gets_in_nowhere() throws Exception {
    each("local", route -> false, ELSEWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Basic " + TOKEN,
        TOKEN,
        "Bearer " + TOKEN + "x"
      })
  void a_wrong_token_opens_nothing_even_where_none_is_needed(String value) throws Exception {
    each("local", route -> false, LOCAL, "Authorization: " + value);
    each("token", route -> false, LOCAL, "Authorization: " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "token", "none"})
  void the_token_of_the_cluster_opens_everything_from_anywhere(String auth) throws Exception {
    each(auth, route -> true, ELSEWHERE, RIGHT);
    each(auth, route -> true, LOCAL, RIGHT);
  }

  @Test
  void where_a_token_is_asked_of_all_it_is_asked_of_local_callers_too() throws Exception {
    each("token", route -> false, LOCAL);
  }

  @Test
  void without_any_auth_the_words_of_the_configuration_count() throws Exception {
    each("none", route -> true, ELSEWHERE);
  }

  private static void each(String auth, Predicate<Route> admitted, String... headers)
      throws Exception {
    AgentConfig config = config(auth);
    FakeAgent agent = agent(config);
    List<Route> routes = AgentServer.routes("key", config::system, agent);
    try (AgentServer server =
        AgentServer.start(config, Tls.NONE, "key", TOKEN, config::system, agent)) {
      for (Route route : routes) {
        String path = String.join("/", route.path()).replaceAll("\\{[a-z]*}", "x");
        Wire.Answer answer = Wire.send(server.port(), route.method() + " /" + path, "", headers);
        assertThat(answer.status() != 401)
            .as("%s /%s answered %d", route.method(), path, answer.status())
            .isEqualTo(admitted.test(route));
      }
    }
  }

  private static FakeAgent agent(AgentConfig config) throws Exception {
    return new FakeAgent(config.node(8600, Tls.NONE, Instant.EPOCH), 7, List.of());
  }

  private static AgentConfig config(String auth) throws Exception {
    return AgentConfigReader.of(
        Map.of(
            "cluster.runtime", "r",
            "api.hosts", "127.0.0.1:0",
            "api.auth", auth,
            "cluster.tokenfile", "token"));
  }
}
