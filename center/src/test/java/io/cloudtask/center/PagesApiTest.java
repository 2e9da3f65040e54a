package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the pages of the console ask for. */
final class PagesApiTest {
  private static final String FORM =
      """
      {"runtime":"local","group":"default","name":"a","command":"echo","filename":"","env":["A=1"],
       "timeout":60,"servers":[],"enabled":true,"overlap":"queue","ondisconnect":null,
       "schedules":[{"turnmode":2,"interval":1,"enabled":1,"cron":null,"startdate":"06/15/2026"}]}
      """;

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
  void a_form_makes_a_job_once_and_says_where_it_is_wrong() throws Exception {
    RunningCenter.Answer made = center.post("/api/v1/jobs", FORM, "Idempotency-Key", "k");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("ETag")).isEqualTo("\"1\"");
    RunningCenter.Answer again = center.post("/api/v1/jobs", FORM, "Idempotency-Key", "k");
    assertThat(again.as(JobView.class).jobid()).isEqualTo(made.as(JobView.class).jobid());
    JsonNode taken = center.post("/api/v1/jobs", FORM).json();
    assertThat(taken.get("status").asInt()).isEqualTo(400);
    assertThat(taken.get("errors").get(0).get("path").asString()).isEqualTo("name");
    String wrong =
        FORM.replace("\"timeout\":60", "\"timeout\":-1,\"nonsense\":1")
            .replace("\"\"", "\"no.zip\"");
    JsonNode errors = center.post("/api/v1/jobs/check", wrong).json().get("errors");
    assertThat(errors.valueStream().map(error -> error.get("path").asString()))
        .contains("timeout", "nonsense", "filename");
    for (String bad : List.of("[]", "null", "1", "{", "{}")) {
      assertThat(center.post("/api/v1/jobs", bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void a_definition_goes_back_as_it_came_and_two_people_do_not_overwrite_each_other()
      throws Exception {
    JsonNode made = center.post("/api/v1/jobs", FORM).json();
    ObjectNode definition = ((ObjectNode) made.get("definition")).deepCopy();
    String path = "/api/v1/jobs/" + made.get("jobid").asString();
    JsonNode same = center.post("/api/v1/jobs/check?job=a", definition.toString()).json();
    assertThat(same.get("errors")).as(same.toString()).isEmpty();
    assertThat(same.get("changes")).isEmpty();
    assertThat(same.get("times")).hasSize(10);
    definition.put("name", "b");
    assertThat(put(path, definition.toString(), null).status()).isEqualTo(428);
    assertThat(put(path, definition.toString(), "\"1\"").as(JobView.class).version()).isEqualTo(2);
    RunningCenter.Answer late = put(path, definition.toString(), "\"1\"");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.as(JobView.class).version()).isEqualTo(2);
    JsonNode versions = center.get(path + "/versions?limit=1").json();
    assertThat(versions.get("items").get(0).get("current").asBoolean()).isTrue();
    assertThat(versions.get("next").asString()).isEqualTo("2");
    assertThat(center.get(path + "/versions/1").json().get("yaml").asString()).contains("name: a");
    assertThat(center.get(path + "/versions/7").status()).isEqualTo(404);
    JobView back = center.post(path + "/revert", "{\"version\":1}").as(JobView.class);
    assertThat(back.version()).isEqualTo(3);
    assertThat(back.definition().name()).isEqualTo("a");
  }

  private RunningCenter.Answer put(String path, String body, @Nullable String tag)
      throws Exception {
    HttpRequest.Builder request =
        center
            .request(center.consoleUrl(path), RunningCenter.ADMIN)
            .PUT(BodyPublishers.ofString(body));
    return center.send(tag == null ? request : request.header("If-Match", tag));
  }

  @Test
  void schedules_are_shown_before_they_are_saved() throws Exception {
    JsonNode shown =
        center
            .post(
                "/api/v1/schedules/preview",
                "{\"schedules\":[{\"every\":\"2m\"}],\"timezone\":\"Asia/Shanghai\",\"count\":3}")
            .json();
    assertThat(shown.get("times")).hasSize(3);
    assertThat(shown.get("zone").asString()).isEqualTo("Asia/Shanghai");
    JsonNode wrong =
        center.post("/api/v1/schedules/preview", "{\"schedules\":[{\"cron\":\"x\"}]}").json();
    assertThat(wrong.get("errors").get(0).get("path").asString()).startsWith("schedules[0]");
  }

  @Test
  void jobs_are_listed_by_state_text_and_next_time_with_counts_and_a_tree() throws Exception {
    center.applied(
        "jobs: [{name: a, command: x, schedules: [{every: 5m}]},"
            + " {name: b, command: x, schedules: [{every: 1m}]},"
            + " {name: c, command: x, enabled: false, schedules: [{every: 1m}]}]");
    JsonNode page = center.get("/api/v1/jobs?sort=nextat&limit=2&offset=1").json();
    assertThat(page.get("items").get(0).get("definition").get("name").asString()).isEqualTo("a");
    assertThat(page.get("items").get(0).get("state").asString()).isEqualTo("unplaced");
    assertThat(page.get("total").asLong()).isEqualTo(3);
    assertThat(page.get("counts").get("disabled").asLong()).isEqualTo(1);
    assertThat(center.get("/api/v1/jobs?state=disabled").json().get("total").asLong()).isEqualTo(1);
    assertThat(center.get("/api/v1/jobs?text=B&sort=-name").json().get("items")).hasSize(1);
    assertThat(center.get("/api/v1/jobs?sort=nonsense").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/jobs?state=nonsense").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/tree").json().get(0).get("jobs").asLong()).isEqualTo(3);
    JsonNode off =
        center.post("/api/v1/bulk/jobs", "{\"action\":\"disable\",\"jobs\":[\"a\",\"z\"]}").json();
    assertThat(off.get(0).get("ok").asBoolean()).isTrue();
    assertThat(off.get(1).get("error").asString()).contains("there is no job");
    assertThat(center.post("/api/v1/bulk/jobs", "{\"action\":\"x\",\"jobs\":[\"a\"]}").status())
        .isEqualTo(400);
    assertThat(center.post("/api/v1/bulk/jobs", "{}").status()).isEqualTo(400);
    for (String bulk : List.of("jobs", "runs")) {
      String action = bulk.equals("jobs") ? "enable" : "stop";
      String body = "{\"action\":\"%s\",\"jobs\":[\"a\",null]}".formatted(action);
      RunningCenter.Answer refused = center.post("/api/v1/bulk/" + bulk, body);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.as(Problem.class).errors().getFirst().path()).isEqualTo("jobs[1]");
    }
    assertThat(center.get("/api/v1/search?text=b").json().get(0).get("kind").asString())
        .isEqualTo("job");
    assertThat(center.get("/api/v1/runtimes/local/assignments").json()).hasSize(3);
    assertThat(center.get("/api/v1/jobs/a/placement").json().get("reason").asString()).isNotEmpty();
  }

  @Test
  void runs_gaps_and_output_are_told_by_ledger_stats_histogram_and_overview() throws Exception {
    String jobid = center.made("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]");
    Instant first = RunningCenter.NOW.plusSeconds(60);
    Instant second = first.plusSeconds(60);
    String run = Ids.scheduledRunId(jobid, first, 1);
    try (FakeAgent agent = center.holding()) {
      agent.report(
          List.of(
              new RunOutput(
                  run, "stdout", 10, 0, 0, "0123456789".getBytes(StandardCharsets.UTF_8))),
          new Fact.Took(jobid, 1, 1, RunningCenter.NOW, "UTC"),
          new Fact.Granted(
              jobid, run, 1, first, first, 1, Trigger.SCHEDULE, false, RunningCenter.NOW),
          new Fact.Started(jobid, run, first, 7),
          new Fact.Ended(jobid, run, RunState.SUCCEEDED, 0, null, first.plusSeconds(2), ""),
          new Fact.Gap(jobid, 1, second, second, 1, GapReason.LATE, first));
      center.clock.advance(Duration.ofMinutes(4));
      JsonNode ledger = center.get("/api/v1/jobs/a/ledger").json().get("items");
      assertThat(ledger.valueStream().map(item -> item.get("verdict").asString()))
          .containsExactly("unknown", "unknown", "missed", "ran");
      JsonNode stats = center.get("/api/v1/jobs/a/stats").json();
      assertThat(stats.get("usual").get("p50ms").asLong()).isEqualTo(2000);
      assertThat(stats.get("days")).hasSize(30);
      JsonNode bucket = center.get("/api/v1/runs/histogram?buckets=1").json().get(0);
      assertThat(bucket.get("succeeded").asLong()).isEqualTo(1);
      assertThat(bucket.get("missed").asLong()).isEqualTo(1);
      JsonNode overview = center.get("/api/v1/overview").json();
      assertThat(overview.get("missed").get(0).get("name").asString()).isEqualTo("a");
      assertThat(overview.get("nexthour")).hasSize(1);
      assertThat(overview.get("fleet").get("online").asLong()).isEqualTo(1);
      assertThat(center.get("/api/v1/runs?runtime=local&trigger=schedule").json().get("items"))
          .hasSize(1);
      assertThat(center.get("/api/v1/runs?trigger=manual").json().get("items")).isEmpty();
      RunningCenter.Answer tail = center.get("/api/v1/runs/" + run + "/output/stdout?offset=-4");
      assertThat(tail.text()).isEqualTo("6789");
      assertThat(tail.header("Cloudtask-Size")).isEqualTo("10");
      assertThat(tail.header("Cloudtask-From")).isEqualTo("6");
      assertThat(center.get("/api/v1/runs/" + run + "/output/stdout?offset=2&limit=3").text())
          .isEqualTo("234");
      assertThat(center.post("/api/v1/runs/" + run + "/rerun", "").status()).isEqualTo(202);
      assertThat(center.get("/api/v1/jobs/a/placement").json().get("eligible")).hasSize(1);
      assertThat(center.get("/api/v1/system").json().get("health")).hasSize(3);
    }
  }

  @Test
  void a_viewer_hears_that_jobs_have_changed_and_is_let_go_at_the_end() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(center.consoleUrl("/api/v1/events")))
            .header("Authorization", "Bearer " + RunningCenter.ADMIN)
            .build();
    StringBuffer heard = new StringBuffer();
    CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> listen(request, heard));
    await().until(() -> heard.indexOf("welcome") >= 0);
    await()
        .untilAsserted(() -> {
          center.applied("jobs: [{name: a" + System.nanoTime() + ", command: x}]");
          assertThat(heard).contains("event: jobs").contains("event: audit");
        });
    center.center.close();
    await().until(ended::isDone);
  }

  private static void listen(HttpRequest request, StringBuffer heard) {
    try (var client = HttpClient.newHttpClient();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    client.send(request, BodyHandlers.ofInputStream()).body(),
                    StandardCharsets.UTF_8))) {
      lines.lines().forEach(heard::append);
    } catch (IOException | UncheckedIOException | InterruptedException e) {
      heard.append(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"audit", "jobs", "jobs/a/ledger", "jobs/a/versions", "notifications", "runs"})
  void a_list_is_given_in_pages_of_a_thousand_at_the_most(String list) throws Exception {
    String _ = center.made("jobs: [{name: a, command: b, schedules: [{every: 1m}]}]");
    assertThat(center.get("/api/v1/" + list + "?limit=1000").status()).isEqualTo(200);
    assertThat(center.get("/api/v1/" + list + "?limit=1001").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/" + list + "?limit=0").status()).isEqualTo(400);
  }
}
