package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.AgentView;
import io.cloudtask.model.rest.CenterView;
import io.cloudtask.model.rest.DrainView;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.RuntimeView;
import io.cloudtask.store.AuditRow;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents, runtimes and centers over the REST API. */
final class ClusterApiTest {
  private static final String AGENT = "/api/v1/agents/" + FakeAgent.KEY;
  private static final String OTHER = "609794cc-3539-4f58-a4d3-cc02a4f4848f";
  private static final String JOBS =
      "jobs: [{name: a, command: x, schedules: [{every: 1h}]}, {name: b, command: x, servers:"
          + " [vm]}]";

  @TempDir Path dir;
  private RunningCenter running;

  @BeforeEach
  void start() {
    running = new RunningCenter(dir);
  }

  @AfterEach
  void close() {
    running.close();
  }

  private RunningCenter.Answer put(String path, String body) throws Exception {
    return running.send(
        running
            .request(running.consoleUrl(path), RunningCenter.ADMIN)
            .PUT(BodyPublishers.ofString(body)));
  }

  private AgentView agent() throws Exception {
    return running.get(AGENT).as(AgentView.class);
  }

  @Test
  void draining_is_shown_before_it_is_done() throws Exception {
    running.apply(JOBS);
    try (FakeAgent _ = running.holding()) {
      DrainView preview = running.post(AGENT + "/drain", "{\"preview\":true}").as(DrainView.class);
      assertThat(preview.preview()).isTrue();
      assertThat(preview.moves())
          .extracting(DrainView.Move::name, DrainView.Move::to, DrainView.Move::reason)
          .containsExactly(
              tuple("a", null, "no other agent may hold it"),
              tuple("b", null, "no other agent may hold it"));
      assertThat(agent().draining()).isFalse();

      running.post(AGENT + "/drain", "{\"preview\":false}");
      assertThat(agent().draining()).isTrue();
      running.apply("jobs: [{name: c, command: x}]");
      JobView waiting = running.job("c");
      assertThat(waiting.stat()).isEqualTo(JobView.REALLOCATING);
      assertThat(waiting.execerr()).isEqualTo("draining: vm");
      assertThat(running.job("a").agent()).as("it has nowhere to go").isEqualTo("vm");

      assertThat(running.delete(AGENT + "/drain").as(AgentView.class).draining()).isFalse();
      assertThat(running.job("c").agent()).as("placed before the answer").isEqualTo("vm");
    }
    assertThat(running.store.<List<AuditRow>>read(tx -> tx.audit().about(FakeAgent.KEY, 10)))
        .extracting(row -> row.what())
        .contains("agent.drain", "agent.undrain", "agent.joined");
  }

  @Test
  void draining_says_which_agent_gets_each_job_and_moves_nothing_yet() throws Exception {
    running.close();
    running = RunningCenter.first(dir);
    try (FakeAgent one = new FakeAgent(running);
        FakeAgent two = new FakeAgent(running, OTHER, "vm2")) {
      running.apply("jobs: [{name: a, command: x}]");
      await().until(() -> running.job("a").agentkey() != null);
      String holder = Objects.requireNonNull(running.job("a").agentkey());
      String other = holder.equals(one.key) ? two.key : one.key;
      String drain = "/api/v1/agents/" + holder + "/drain";
      await()
          .untilAsserted(() ->
              assertThat(running.post(drain, "{\"preview\":true}").as(DrainView.class).moves())
                  .extracting(DrainView.Move::name, DrainView.Move::to)
                  .containsExactly(tuple("a", other)));
      assertThat(running.job("a").agentkey()).isEqualTo(holder);

      running.post(drain, "{\"preview\":false}");
      FakeAgent giver = holder.equals(one.key) ? one : two;
      await().until(() -> giver.hello().jobs().getFirst().recalled());
    }
  }

  @Test
  void a_living_agent_is_not_retired_and_a_dead_one_is_at_once() throws Exception {
    running.apply(JOBS);
    try (FakeAgent agent = running.holding()) {
      RunningCenter.Answer refused = running.post(AGENT + "/retire", "");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().at("/type").asString()).isEqualTo("agent-lives");

      agent.leave();
      assertThat(running.post(AGENT + "/retire", "").status()).isEqualTo(200);
      assertThat(agent().fenced()).isNotNull();
      assertThat(running.job("b").agent()).as("also what only it may hold").isNull();
      assertThat(running.job("b").execerr()).isEqualTo("retired: vm");
    }
  }

  @Test
  void nobody_drains_what_is_not_there() throws Exception {
    assertThat(running.post(AGENT + "/drain", "{\"preview\":false}").status()).isEqualTo(404);
    assertThat(running.delete(AGENT + "/drain").status()).isEqualTo(404);
    assertThat(running.post(AGENT + "/retire", "").status()).isEqualTo(404);
    assertThat(running.post(AGENT + "/drain", "").status()).isEqualTo(400);
  }

  @Test
  void a_runtime_is_made_changed_and_removed() throws Exception {
    RunningCenter.Answer made =
        put("/api/v1/runtimes/prod", "{\"servers\":[\"a\",\"10.0.0.2\"],\"autonomy\":30}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.as(RuntimeView.class))
        .isEqualTo(new RuntimeView("prod", "", List.of("a", "10.0.0.2"), 30, 0, List.of()));

    RunningCenter.Answer changed = put("/api/v1/runtimes/prod", "{\"description\":\"the shop\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.as(RuntimeView.class))
        .isEqualTo(new RuntimeView("prod", "the shop", List.of("a", "10.0.0.2"), 30, 0, List.of()));

    running.apply("{runtime: prod, jobs: [{name: z, command: x}]}");
    RunningCenter.Answer refused = running.delete("/api/v1/runtimes/prod");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("1 jobs");
    running.delete("/api/v1/jobs/z");
    assertThat(running.delete("/api/v1/runtimes/prod").status()).isEqualTo(204);
    assertThat(running.delete("/api/v1/runtimes/prod").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-x | {} | name",
        "ok | {\"autonomy\":-1} | autonomy",
        "ok | {\"autonomy\":86401} | autonomy",
        "ok | {\"servers\":[\"a b\"]} | servers[0]",
        "ok | {\"servers\":[null]} | servers[0]"
      })
  void a_runtime_that_can_not_be_is_refused(String name, String body, String field)
      throws Exception {
    RunningCenter.Answer answer = put("/api/v1/runtimes/" + name, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/path").asString()).isEqualTo(field);
  }

  @Test
  void a_job_that_nobody_may_take_is_placed_when_the_runtime_lists_the_host() throws Exception {
    put("/api/v1/runtimes/local", "{\"servers\":[\"elsewhere\",\"vm\"]}");
    try (FakeAgent _ = new FakeAgent(running)) {
      put("/api/v1/runtimes/local", "{\"servers\":[\"elsewhere\"]}");
      running.apply(JOBS);
      assertThat(running.job("a").execerr())
          .isEqualTo("no host that runtime local lists has an agent");
      put("/api/v1/runtimes/local", "{\"servers\":[]}");
      await().until(() -> running.job("a").agent() != null);
    }
  }

  @Test
  void the_centers_are_listed_and_the_leader_is_marked() throws Exception {
    await().until(() -> running.center.epoch() > 0);
    await()
        .untilAsserted(() -> {
          CenterView[] centers = running.get("/api/v1/centers").as(CenterView[].class);
          assertThat(centers).hasSize(1);
          assertThat(centers[0].key()).isEqualTo(running.center.key());
          assertThat(centers[0].leader()).isTrue();
          assertThat(centers[0].epoch()).isEqualTo(running.center.epoch());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/centers", AGENT_RETIRE})
  void without_the_coordinator_it_says_so_and_when_to_ask_again(String path) throws Exception {
    try (FakeAgent _ = new FakeAgent(running)) {
      running.coordination.cut();
      RunningCenter.Answer answer =
          path.endsWith("retire") ? running.post(path, "") : running.get(path);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(answer.json().at("/type").asString()).isEqualTo("coordinator-away");
      running.coordination.restore();
    }
  }

  private static final String AGENT_RETIRE = AGENT + "/retire";
}
