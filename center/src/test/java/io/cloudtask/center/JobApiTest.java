package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.store.GrantRow;
import io.cloudtask.store.TokenRow;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobApiTest {
  private static final String EVERY_MINUTE =
      "jobs: [{name: a, command: b, schedules: [{every: 1m}]}]";

  @TempDir Path dir;
  private RunningCenter center;

  @BeforeEach
  void start() {
    center = new RunningCenter(dir);
  }

  @AfterEach
  void close() {
    center.close();
  }

  @Test
  void a_name_that_two_jobs_have_is_ambiguous_and_the_ids_are_named() throws Exception {
    String first = center.made("{group: g1, jobs: [{name: a, command: x}]}");
    String second = center.made("{group: g2, jobs: [{name: a, command: x}]}");
    RunningCenter.Answer answer = center.get("/api/v1/jobs/a");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.as(Problem.class).type()).isEqualTo("ambiguous");
    assertThat(answer.text()).contains(first).contains(second);
    assertThat(center.job(second).definition().group()).isEqualTo("g2");
  }

  @Test
  void jobs_are_listed_in_pages_with_their_next_fire_time() throws Exception {
    center.applied(
        "jobs: [{name: a, command: x, schedules: [{every: 1m}]}, {name: b, command: x},"
            + " {name: c, command: x, enabled: false, schedules: [{every: 1m}]}]");
    var first = center.get("/api/v1/jobs?limit=2").json();
    assertThat(first.get("items")).hasSize(2);
    assertThat(first.get("items").get(0).get("nextat").asString())
        .isEqualTo("2026-06-15T20:01:00Z");
    assertThat(first.get("items").get(0).get("schedules").get(0).asString())
        .startsWith("every minute");
    var second = center.get("/api/v1/jobs?limit=2&after=" + first.get("next").asString()).json();
    assertThat(second.get("items")).hasSize(1);
    assertThat(second.get("items").get(0).get("nextat").isNull()).as("disabled").isTrue();
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(center.get("/api/v1/jobs?limit=0").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/jobs?name=B").json().get("items")).hasSize(1);
  }

  @Test
  void pages_and_times_that_can_not_be_are_refused() throws Exception {
    center.made("jobs: [{name: a, command: x}]");
    for (String after : List.of("nonsense", "x", "MTIz", "%F0%9F%98%80")) {
      RunningCenter.Answer answer = center.get("/api/v1/jobs?after=" + after);
      assertThat(answer.status()).as(after).isEqualTo(400);
      assertThat(answer.text()).contains("after is not the next of a page");
    }
    for (String at : List.of("%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "x")) {
      RunningCenter.Answer answer = center.get("/api/v1/jobs/a/why?at=" + at);
      assertThat(answer.status()).as(at).isEqualTo(400);
      assertThat(answer.text()).contains("at is not");
    }
  }

  @Test
  void a_job_is_disabled_enabled_cloned_and_deleted() throws Exception {
    center.made(EVERY_MINUTE);
    JobView off = center.post("/api/v1/jobs/a/disable", "").as(JobView.class);
    assertThat(off.definition().enabled()).isFalse();
    assertThat(off.nextat()).isNull();
    assertThat(off.version()).isEqualTo(2);
    assertThat(center.post("/api/v1/jobs/a/disable", "").as(JobView.class).version()).isEqualTo(2);
    assertThat(center.post("/api/v1/jobs/a/enable", "").as(JobView.class).nextat()).isNotNull();
    RunningCenter.Answer clone = center.post("/api/v1/jobs/a/clone", "{\"name\": \"a 2\"}");
    assertThat(clone.status()).isEqualTo(201);
    assertThat(clone.as(JobView.class).definition().enabled()).isFalse();
    assertThat(center.post("/api/v1/jobs/a/clone", "{\"name\": \"a 2\"}").status()).isEqualTo(409);
    for (String bad : List.of("../x", "", " b", "b\\u0000", "\\ud800", "a".repeat(129))) {
      String body = "{\"name\": \"" + bad + "\"}";
      assertThat(center.post("/api/v1/jobs/a/clone", body).status()).as(bad).isEqualTo(400);
    }
    assertThat(center.delete("/api/v1/jobs/a%202").status()).isEqualTo(204);
    assertThat(center.get("/api/v1/jobs/a%202").status()).isEqualTo(404);
    assertThat(center.delete("/api/v1/jobs/a%202").status()).isEqualTo(404);
  }

  @Test
  void a_job_may_have_an_agent_without_times_and_the_lists_show_it_all() throws Exception {
    center.made("jobs: [{name: a, command: b}]");
    try (FakeAgent _ = center.holding()) {
      assertThat(center.get("/api/v1/runtimes").json()).hasSize(1);
      assertThat(center.get("/api/v1/runtimes/local").json().get("jobs").asLong()).isEqualTo(1);
      assertThat(center.get("/api/v1/runtimes/none").status()).isEqualTo(404);
      assertThat(center.get("/api/v1/agents/" + FakeAgent.KEY).json().get("jobs").asLong())
          .isEqualTo(1);
      assertThat(center.get("/api/v1/agents/" + RunningCenter.ADMIN).status()).isEqualTo(400);
      assertThat(center.get("/api/v1/packages").json()).isEmpty();
      assertThat(center.get("/api/v1/version").json().get("name").asString())
          .isEqualTo("Cloudtask");
      assertThat(center.why("2026-06-15T20:01:00Z").explanation()).contains("runs by hand only");
    }
  }

  @Test
  void tokens_of_other_roles_and_scopes_open_only_their_routes() throws Exception {
    center.store.execute(tx -> {
      tx.tokens()
          .create(
              "viewer-token-0123456789",
              TokenRow.of("v", Set.of(new GrantRow("viewer", "")), RunningCenter.NOW));
      tx.tokens()
          .create(
              "scoped-token-0123456789",
              TokenRow.of("s", Set.of(new GrantRow("admin", "local")), RunningCenter.NOW));
      tx.tokens()
          .create(
              "false-token-01234567890",
              TokenRow.of("f", Set.of(new GrantRow("cluster", "")), RunningCenter.NOW));
    });
    assertThat(status("viewer-token-0123456789", "GET", "/api/v1/jobs")).isEqualTo(200);
    assertThat(status("viewer-token-0123456789", "POST", "/api/v1/apply")).isEqualTo(403);
    assertThat(status("scoped-token-0123456789", "GET", "/api/v1/jobs")).isEqualTo(200);
    assertThat(status("scoped-token-0123456789", "GET", "/api/v1/system")).isEqualTo(403);
    assertThat(status("false-token-01234567890", "GET", "/api/file/default/x.zip")).isEqualTo(403);
    assertThat(status(RunningCenter.CLUSTER, "GET", "/api/v1/jobs")).isEqualTo(403);
    assertThat(status(RunningCenter.CLUSTER, "GET", "/api/file/default/x.zip")).isEqualTo(404);
  }

  private int status(String token, String method, String path) throws Exception {
    return center
        .send(
            center.request(center.consoleUrl(path), token).method(method, BodyPublishers.noBody()))
        .status();
  }
}
