package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.rest.WhyView.Verdict;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RunApiTest {
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
  void starts_and_stops_reach_the_agent_and_a_repeated_request_starts_nothing_twice()
      throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    RunningCenter.Answer nobody = center.post("/api/v1/jobs/a/start", "");
    assertThat(nobody.status()).isEqualTo(409);
    assertThat(nobody.text()).contains("no agent holds the job");
    try (FakeAgent agent = center.holding()) {
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

  @Test
  void a_start_while_a_run_goes_names_that_run_and_is_no_change() throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    String run = Ids.scheduledRunId(jobid, RunningCenter.NOW, 1);
    try (FakeAgent agent = center.holding()) {
      agent.going.put(jobid, run);
      RunningCenter.Answer going = center.post("/api/v1/jobs/a/start", "");
      assertThat(going.status()).isEqualTo(202);
      assertThat(going.json().get("runid").asString()).isEqualTo(run);
      assertThat(going.json().get("started").asBoolean()).isFalse();
      assertThat(center.get("/api/v1/audit").text()).doesNotContain("job.start");

      agent.going.clear();
      RunningCenter.Answer started = center.post("/api/v1/jobs/a/start", "");
      assertThat(started.json().get("runid").asString()).isNotEqualTo(run);
      assertThat(started.json().get("started").asBoolean()).isTrue();
      assertThat(center.get("/api/v1/audit").text()).contains("job.start");
    }
  }

  @Test
  void a_repeated_request_that_started_nothing_starts_nothing_later_either() throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    String run = Ids.scheduledRunId(jobid, RunningCenter.NOW, 1);
    try (FakeAgent agent = center.holding()) {
      agent.going.put(jobid, run);
      assertThat(started("k1")).isEqualTo(run);
      agent.going.clear();
      int asked = agent.actions.size();
      RunningCenter.Answer again = center.post("/api/v1/jobs/a/start", "", "Idempotency-Key", "k1");
      assertThat(again.json().get("runid").asString()).isEqualTo(run);
      assertThat(again.json().get("started").asBoolean()).isFalse();
      assertThat(agent.actions).hasSize(asked);
      assertThat(started("k2")).isNotEqualTo(run);
    }
  }

  @Test
  void among_many_that_are_started_the_one_that_runs_already_is_named() throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    String run = Ids.scheduledRunId(jobid, RunningCenter.NOW, 1);
    try (FakeAgent agent = center.holding()) {
      String start = "{\"action\":\"start\",\"jobs\":[\"a\"]}";
      agent.going.put(jobid, run);
      JsonNode going = center.post("/api/v1/bulk/runs", start).json().get(0);
      assertThat(going.get("ok").asBoolean()).isFalse();
      assertThat(going.get("error").asString()).isEqualTo("it runs already, run " + run);
      agent.going.clear();
      assertThat(center.post("/api/v1/bulk/runs", start).json().get(0).get("ok").asBoolean())
          .isTrue();
    }
  }

  private String started(String key) throws Exception {
    RunningCenter.Answer answer = center.post("/api/v1/jobs/a/start", "", "Idempotency-Key", key);
    assertThat(answer.status()).isEqualTo(202);
    return answer.json().get("runid").asString();
  }

  /** An agent that holds job a. */
  @Test
  void an_agent_that_is_gone_is_said_to_be_unreachable() throws Exception {
    center.made(EVERY_MINUTE);
    center.holding().close();
    RunningCenter.Answer answer = center.post("/api/v1/jobs/a/start", "");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.as(Problem.class).type()).isEqualTo("agent-unreachable");
  }

  @Test
  void the_ledger_explains_each_instant() throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    Instant created = RunningCenter.NOW;
    Instant first = created.plusSeconds(60);
    Instant second = created.plusSeconds(120);
    String run = Ids.scheduledRunId(jobid, first, 1);
    try (FakeAgent agent = center.holding()) {
      agent.report(
          new Fact.Took(jobid, 1, 1, created, "UTC"),
          new Fact.Granted(jobid, run, 1, first, first, 1, Trigger.SCHEDULE, false, created),
          new Fact.Started(jobid, run, first.plusMillis(3), 7),
          new Fact.Ended(jobid, run, RunState.FAILED, 3, null, first.plusSeconds(2), "exit code 3"),
          new Fact.Gap(jobid, 1, second, second, 1, GapReason.OVERLAP, first));
      center.clock.advance(Duration.ofMinutes(4));
      WhyView ran = center.why("2026-06-15T20:01:00Z");
      assertThat(ran.verdict()).isEqualTo(Verdict.RAN);
      assertThat(ran.runid()).isEqualTo(run);
      assertThat(ran.explanation())
          .contains("(3 ms after its time)")
          .contains("failed")
          .contains("exit code 3");
      WhyView skipped = center.why("2026-06-15T20:02:00Z");
      assertThat(skipped.verdict()).isEqualTo(Verdict.SKIPPED);
      assertThat(skipped.reason()).isEqualTo("overlap");
      assertThat(center.why("2026-06-15T20:03:00Z").verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(center.why("2026-06-15T20:03:00Z").explanation()).contains("has not reported");
      assertThat(center.why("2026-06-15T21:00:00Z").verdict()).isEqualTo(Verdict.FUTURE);
      WhyView between = center.why("2026-06-15T20:02:30Z");
      assertThat(between.verdict()).isEqualTo(Verdict.NOT_DUE);
      assertThat(between.previous()).isEqualTo(second);
      assertThat(between.following()).isEqualTo(second.plusSeconds(60));
      WhyView before = center.why("2026-06-14T00:00:00Z");
      assertThat(before.verdict()).isEqualTo(Verdict.NOT_DUE);
      assertThat(before.explanation()).contains("did not exist");
      agent.leave();
      await().until(() -> center.why("2026-06-15T20:03:00Z").explanation().contains("is away"));
    }
    assertThat(center.get("/api/v1/jobs/a/why?at=yesterday").status()).isEqualTo(400);
    assertThat(center.get("/api/v1/jobs/a/why").status()).isEqualTo(400);
  }

  @Test
  void runs_are_listed_shown_and_their_output_read_from_agent_and_store() throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    Instant fire = RunningCenter.NOW.plusSeconds(60);
    String run = Ids.scheduledRunId(jobid, fire, 1);
    String path = "/api/v1/runs/" + run;
    try (FakeAgent agent = center.holding()) {
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
          CompletableFuture.supplyAsync(
              () -> center.quietly(path + "/output/stdout?from=6&wait=20"));
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
}
