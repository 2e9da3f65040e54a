package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.rest.WhyView.Verdict;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.store.TokenRow;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestApiTest {
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

  private ApplyResult applied(String yaml) throws Exception {
    RunningCenter.Answer answer = center.apply(yaml);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.as(ApplyResult.class);
  }

  private String made(String yaml) throws Exception {
    return Objects.requireNonNull(applied(yaml).steps().getFirst().jobid());
  }

  private JobView job(String reference) throws Exception {
    return center.get("/api/v1/jobs/" + reference).as(JobView.class);
  }

  private WhyView why(String at) throws Exception {
    return center.get("/api/v1/jobs/a/why?at=" + at).as(WhyView.class);
  }

  @Test
  void a_dry_run_shows_the_plan_and_changes_nothing() throws Exception {
    ApplyResult plan = center.post("/api/v1/apply?dryrun=true", EVERY_MINUTE).as(ApplyResult.class);
    assertThat(plan.applied()).isFalse();
    assertThat(plan.steps()).extracting(ApplyResult.Step::action).containsExactly(Action.CREATE);
    assertThat(plan.steps().getFirst().jobid()).isNull();
    assertThat(center.get("/api/v1/jobs").json().get("items")).isEmpty();
  }

  @Test
  void applying_twice_is_unchanged_also_on_another_day() throws Exception {
    String jobid = made(EVERY_MINUTE);
    center.clock.advance(Duration.ofDays(3));
    ApplyResult again = applied(EVERY_MINUTE);
    assertThat(again.steps().getFirst().action()).isEqualTo(Action.UNCHANGED);
    assertThat(again.steps().getFirst().jobid()).isEqualTo(jobid);
    assertThat(job("a").version()).isEqualTo(1);
    assertThat(job("a").definition().schedules().getFirst().startdate()).isEqualTo("06/15/2026");
  }

  @Test
  void a_change_makes_a_version_and_prune_removes_only_in_the_files_group() throws Exception {
    applied("{group: g1, jobs: [{name: a, command: x}, {name: b, command: x}]}");
    applied("{group: g2, jobs: [{name: c, command: x}]}");
    ApplyResult result =
        center
            .post("/api/v1/apply?prune=true", "{group: g1, jobs: [{name: a, command: y}]}")
            .as(ApplyResult.class);
    assertThat(result.steps())
        .extracting(step -> step.action() + " " + step.name())
        .containsExactly("CHANGE a", "REMOVE b");
    assertThat(result.steps().getFirst().changes())
        .containsExactly(new ApplyResult.Change("command", "x", "y"));
    assertThat(job("a").version()).isEqualTo(2);
    assertThat(center.get("/api/v1/jobs/b").status()).isEqualTo(404);
    assertThat(job("c").version()).isEqualTo(1);
  }

  @Test
  void a_wrong_file_names_every_place_and_applies_nothing() throws Exception {
    RunningCenter.Answer answer =
        center.apply("jobs:\n  - {name: good, command: x}\n  - {name: bad, comand: x}\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    Problem problem = answer.as(Problem.class);
    assertThat(problem.errors())
        .extracting(e -> e.line() + " " + e.path())
        .containsExactly("3 jobs[1].command", "3 jobs[1].comand");
    assertThat(center.get("/api/v1/jobs").json().get("items")).isEmpty();
  }

  @Test
  void an_unknown_runtime_and_an_unknown_package_are_refused_with_their_line() throws Exception {
    assertThat(center.apply("runtime: x\njobs: []\n").as(Problem.class).errors().getFirst().line())
        .isEqualTo(1);
    Problem problem =
        center.apply("jobs:\n  - name: a\n    command: b\n    package: c.zip\n").as(Problem.class);
    assertThat(problem.errors().getFirst().message()).contains("upload it first");
    assertThat(problem.errors().getFirst().line()).isEqualTo(4);
  }

  @Test
  void files_too_large_or_not_text_are_refused() throws Exception {
    assertThat(center.apply("#" + "x".repeat(10 * 1024 * 1024)).status()).isEqualTo(413);
    RunningCenter.Answer binary =
        center.send(
            center
                .request(center.consoleUrl("/api/v1/apply"), RunningCenter.ADMIN)
                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 1})));
    assertThat(binary.status()).isEqualTo(400);
  }

  @Test
  void an_export_applied_again_changes_nothing() throws Exception {
    applied(
        """
        group: g
        jobs:
          - {name: a, command: "x\\n y ", env: {A: "1"}, schedules: [{every: 5m}, {cron: "@daily"}]}
          - {name: b, command: z, enabled: false, schedules: [{weekly: {days: mon, at: "9:00"}}]}
        """);
    RunningCenter.Answer export = center.get("/api/v1/export?group=g");
    assertThat(export.header("Content-Type")).startsWith("text/yaml");
    assertThat(applied(export.text()).steps())
        .extracting(ApplyResult.Step::action)
        .containsOnly(Action.UNCHANGED)
        .hasSize(2);
    assertThat(applied(center.get("/api/v1/jobs/b/export").text()).steps().getFirst().action())
        .isEqualTo(Action.UNCHANGED);
  }

  @Test
  void an_export_of_several_groups_asks_which() throws Exception {
    applied("{group: g1, jobs: [{name: a, command: x}]}");
    applied("{group: g2, jobs: [{name: a, command: x}]}");
    assertThat(center.get("/api/v1/export").text()).contains("has to be one of g1, g2");
    assertThat(center.get("/api/v1/export?runtime=nowhere").status()).isEqualTo(400);
  }

  @Test
  void a_name_that_two_jobs_have_is_ambiguous_and_the_ids_are_named() throws Exception {
    String first = made("{group: g1, jobs: [{name: a, command: x}]}");
    String second = made("{group: g2, jobs: [{name: a, command: x}]}");
    RunningCenter.Answer answer = center.get("/api/v1/jobs/a");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.as(Problem.class).type()).isEqualTo("ambiguous");
    assertThat(answer.text()).contains(first).contains(second);
    assertThat(job(second).definition().group()).isEqualTo("g2");
  }

  @Test
  void jobs_are_listed_in_pages_with_their_next_fire_time() throws Exception {
    applied(
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
  void next_times_come_for_jobs_and_for_files_that_are_not_applied() throws Exception {
    String yaml = "jobs: [{name: a, command: x, package: new.zip, schedules: [{every: 30m}]}]";
    var views = center.post("/api/v1/next?n=3", yaml).json();
    assertThat(views).hasSize(1);
    assertThat(views.get(0).get("times").get(2).asString()).isEqualTo("2026-06-15T21:30:00Z");
    applied("jobs: [{name: a, command: x, timezone: Asia/Tokyo, schedules: [{daily: \"9:00\"}]}]");
    NextView next = center.get("/api/v1/jobs/a/next?n=2").as(NextView.class);
    assertThat(next.zone()).isEqualTo("Asia/Tokyo");
    assertThat(next.times())
        .containsExactly(
            Instant.parse("2026-06-16T00:00:00Z"), Instant.parse("2026-06-17T00:00:00Z"));
    assertThat(center.post("/api/v1/next", "jobs: [{name: a}]").status()).isEqualTo(400);
  }

  @Test
  void a_job_is_disabled_enabled_cloned_and_deleted() throws Exception {
    made(EVERY_MINUTE);
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
    assertThat(center.post("/api/v1/jobs/a/clone", "{\"name\": \"../x\"}").status()).isEqualTo(400);
    assertThat(center.delete("/api/v1/jobs/a%202").status()).isEqualTo(204);
    assertThat(center.get("/api/v1/jobs/a%202").status()).isEqualTo(404);
    assertThat(center.delete("/api/v1/jobs/a%202").status()).isEqualTo(404);
  }

  @Test
  void starts_and_stops_reach_the_agent_and_a_repeated_request_starts_nothing_twice()
      throws Exception {
    String jobid = made(EVERY_MINUTE);
    RunningCenter.Answer nobody = center.post("/api/v1/jobs/a/start", "");
    assertThat(nobody.status()).isEqualTo(409);
    assertThat(nobody.text()).contains("no agent holds the job");
    try (FakeAgent agent = holding()) {
      String runid = center.post("/api/v1/jobs/a/start", "").json().get("runid").asString();
      assertThat(Ids.isRunId(runid)).isTrue();
      String keyed = started("k1");
      center.clock.advance(Duration.ofMinutes(1));
      assertThat(started("k1")).isEqualTo(keyed).isNotEqualTo(runid);
      assertThat(started("k2")).isNotEqualTo(keyed);
      assertThat(center.post("/api/v1/jobs/a/stop", "").status()).isEqualTo(202);
      assertThat(agent.actions)
          .extracting(action -> action.action() + " " + action.jobid())
          .containsExactly(
              "start " + jobid,
              "start " + jobid,
              "start " + jobid,
              "start " + jobid,
              "stop " + jobid);
      assertThat(agent.actions.get(1).runid()).isEqualTo(agent.actions.get(2).runid());
    }
  }

  private String started(String key) throws Exception {
    RunningCenter.Answer answer = center.post("/api/v1/jobs/a/start", "", "Idempotency-Key", key);
    assertThat(answer.status()).isEqualTo(202);
    return answer.json().get("runid").asString();
  }

  /** An agent that holds job a. */
  private FakeAgent holding() throws Exception {
    FakeAgent agent = new FakeAgent(center);
    await().until(() -> job("a").agent() != null);
    return agent;
  }

  @Test
  void an_agent_that_is_gone_is_said_to_be_unreachable() throws Exception {
    made(EVERY_MINUTE);
    holding().close();
    RunningCenter.Answer answer = center.post("/api/v1/jobs/a/start", "");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.as(Problem.class).type()).isEqualTo("agent-unreachable");
  }

  @Test
  void the_ledger_explains_each_instant() throws Exception {
    String jobid = made(EVERY_MINUTE);
    Instant created = RunningCenter.NOW;
    Instant first = created.plusSeconds(60);
    Instant second = created.plusSeconds(120);
    String run = Ids.scheduledRunId(jobid, first, 1);
    try (FakeAgent agent = holding()) {
      agent.report(
          new Fact.Took(jobid, 1, 1, created, "UTC"),
          new Fact.Granted(jobid, run, 1, first, first, 1, Trigger.SCHEDULE, false, created),
          new Fact.Started(jobid, run, first.plusMillis(3), 7),
          new Fact.Ended(jobid, run, RunState.FAILED, 3, null, first.plusSeconds(2), "exit code 3"),
          new Fact.Gap(jobid, 1, second, second, 1, GapReason.OVERLAP, first));
      center.clock.advance(Duration.ofMinutes(4));
      WhyView ran = why("2026-06-15T20:01:00Z");
      assertThat(ran.verdict()).isEqualTo(Verdict.RAN);
      assertThat(ran.runid()).isEqualTo(run);
      assertThat(ran.explanation())
          .contains("(3 ms after its time)")
          .contains("failed")
          .contains("exit code 3");
      WhyView skipped = why("2026-06-15T20:02:00Z");
      assertThat(skipped.verdict()).isEqualTo(Verdict.SKIPPED);
      assertThat(skipped.reason()).isEqualTo("overlap");
      assertThat(why("2026-06-15T20:03:00Z").verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(why("2026-06-15T20:03:00Z").explanation()).contains("has not reported");
      assertThat(why("2026-06-15T21:00:00Z").verdict()).isEqualTo(Verdict.FUTURE);
      WhyView between = why("2026-06-15T20:02:30Z");
      assertThat(between.verdict()).isEqualTo(Verdict.NOT_DUE);
      assertThat(between.previous()).isEqualTo(second);
      assertThat(between.following()).isEqualTo(second.plusSeconds(60));
      WhyView before = why("2026-06-14T00:00:00Z");
      assertThat(before.verdict()).isEqualTo(Verdict.NOT_DUE);
      assertThat(before.explanation()).contains("did not exist");
      agent.leave();
      await().until(() -> why("2026-06-15T20:03:00Z").explanation().contains("is away"));
    }
    assertThat(center.get("/api/v1/jobs/a/why?at=yesterday").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/jobs/a/why").status()).isEqualTo(400);
  }

  @Test
  void runs_are_listed_shown_and_their_output_read_from_agent_and_store() throws Exception {
    String jobid = made(EVERY_MINUTE);
    Instant fire = RunningCenter.NOW.plusSeconds(60);
    String run = Ids.scheduledRunId(jobid, fire, 1);
    String path = "/api/v1/runs/" + run;
    try (FakeAgent agent = holding()) {
      agent.report(
          new Fact.Took(jobid, 1, 1, RunningCenter.NOW, "UTC"),
          new Fact.Granted(
              jobid, run, 1, fire, fire, 1, Trigger.SCHEDULE, false, RunningCenter.NOW),
          new Fact.Started(jobid, run, fire, 7));
      assertThat(center.get(path).as(RunView.class).state()).isEqualTo(RunState.RUNNING);
      assertThat(center.get("/api/v1/runs?job=a&state=running,queued").json().get("items"))
          .hasSize(1);
      assertThat(center.get("/api/v1/runs?state=failed").json().get("items")).isEmpty();
      assertThat(center.get("/api/v1/runs?state=dead").text()).contains("succeeded");

      agent.live.put(run, "hello ");
      RunningCenter.Answer live = center.get(path + "/output/stdout");
      assertThat(live.text()).isEqualTo("hello ");
      assertThat(live.header("Cloudtask-Next")).isEqualTo("6");
      assertThat(live.header("Cloudtask-End")).isEqualTo("false");
      CompletableFuture<RunningCenter.Answer> waiting =
          CompletableFuture.supplyAsync(() -> quietly(path + "/output/stdout?from=6&wait=20"));
      agent.live.put(run, "hello world");
      assertThat(waiting.join().text()).isEqualTo("world");

      assertThat(center.post(path + "/stop", "").status()).isEqualTo(202);
      assertThat(agent.actions.getLast().runid()).isEqualTo(run);
      agent.live.clear();
      byte[] bytes = "hello world".getBytes(StandardCharsets.UTF_8);
      agent.report(
          List.of(
              new RunOutput(run, "stdout", 11, 0, 0, bytes),
              new RunOutput(run, "stderr", 0, 0, 0, new byte[0])),
          new Fact.Ended(
              jobid, run, RunState.STOPPED, null, 15, fire.plusSeconds(1), "stopped by admin"));
      RunningCenter.Answer kept = center.get(path + "/output/stdout?from=6&wait=20");
      assertThat(kept.text()).isEqualTo("world");
      assertThat(kept.header("Cloudtask-End")).isEqualTo("true");
      assertThat(center.get(path + "/output/stderr").header("Cloudtask-End")).isEqualTo("true");
      assertThat(center.post(path + "/stop", "").status()).as("is over").isEqualTo(202);
    }
    assertThat(center.get(path + "/output/stdxxx").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/runs/" + "0".repeat(32)).status()).isEqualTo(404);
    assertThat(center.get("/api/v1/runs/xyz").status()).isEqualTo(400);
  }

  private RunningCenter.Answer quietly(String path) {
    try {
      return center.get(path);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_job_may_have_an_agent_without_times_and_the_lists_show_it_all() throws Exception {
    made("jobs: [{name: a, command: b}]");
    try (FakeAgent _ = holding()) {
      assertThat(center.get("/api/v1/runtimes").json()).hasSize(1);
      assertThat(center.get("/api/v1/runtimes/local").json().get("jobs").asLong()).isEqualTo(1);
      assertThat(center.get("/api/v1/runtimes/none").status()).isEqualTo(404);
      assertThat(center.get("/api/v1/agents/" + FakeAgent.KEY).json().get("jobs").asLong())
          .isEqualTo(1);
      assertThat(center.get("/api/v1/agents/" + RunningCenter.ADMIN).status()).isEqualTo(400);
      assertThat(center.get("/api/v1/packages").json()).isEmpty();
      assertThat(center.get("/api/v1/version").json().get("name").asString())
          .isEqualTo("Cloudtask");
      assertThat(why("2026-06-15T20:01:00Z").explanation()).contains("runs by hand only");
    }
  }

  @Test
  void tokens_of_other_roles_and_scopes_open_only_their_routes() throws Exception {
    center.store.execute(tx -> {
      tx.tokens()
          .save(
              "viewer-token-0123456789",
              new TokenRow("v", Set.of("viewer"), "", RunningCenter.NOW));
      tx.tokens()
          .save(
              "scoped-token-0123456789",
              new TokenRow("s", Set.of("admin"), "local", RunningCenter.NOW));
      tx.tokens()
          .save(
              "false-token-01234567890",
              new TokenRow("f", Set.of("cluster"), "", RunningCenter.NOW));
    });
    assertThat(status("viewer-token-0123456789", "GET", "/api/v1/jobs")).isEqualTo(200);
    assertThat(status("viewer-token-0123456789", "POST", "/api/v1/apply")).isEqualTo(403);
    assertThat(status("scoped-token-0123456789", "GET", "/api/v1/jobs")).isEqualTo(401);
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
