package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.model.rest.Problem;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JobFileApiTest {
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
  void a_dry_run_shows_the_plan_and_changes_nothing() throws Exception {
    ApplyResult plan = center.post("/api/v1/apply?dryrun=true", EVERY_MINUTE).as(ApplyResult.class);
    assertThat(plan.applied()).isFalse();
    assertThat(plan.steps()).extracting(ApplyResult.Step::action).containsExactly(Action.CREATE);
    assertThat(plan.steps().getFirst().jobid()).isNull();
    assertThat(center.get("/api/v1/jobs").json().get("items")).isEmpty();
  }

  @Test
  void applying_twice_is_unchanged_also_on_another_day() throws Exception {
    String jobid = center.made(EVERY_MINUTE);
    center.clock.advance(Duration.ofDays(3));
    ApplyResult again = center.applied(EVERY_MINUTE);
    assertThat(again.steps().getFirst().action()).isEqualTo(Action.UNCHANGED);
    assertThat(again.steps().getFirst().jobid()).isEqualTo(jobid);
    assertThat(center.job("a").version()).isEqualTo(1);
    assertThat(center.job("a").definition().schedules().getFirst().startdate())
        .isEqualTo("06/15/2026");
  }

  @Test
  void a_change_makes_a_version_and_prune_removes_only_in_the_files_group() throws Exception {
    center.applied("{group: g1, jobs: [{name: a, command: x}, {name: b, command: x}]}");
    center.applied("{group: g2, jobs: [{name: c, command: x}]}");
    ApplyResult result =
        center
            .post("/api/v1/apply?prune=true", "{group: g1, jobs: [{name: a, command: y}]}")
            .as(ApplyResult.class);
    assertThat(result.steps())
        .extracting(step -> step.action() + " " + step.name())
        .containsExactly("CHANGE a", "REMOVE b");
    assertThat(result.steps().getFirst().changes())
        .containsExactly(new ApplyResult.Change("command", "x", "y"));
    assertThat(center.job("a").version()).isEqualTo(2);
    assertThat(center.get("/api/v1/jobs/b").status()).isEqualTo(404);
    assertThat(center.job("c").version()).isEqualTo(1);
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
    center.applied(
        """
        group: g
        jobs:
          - {name: a, command: "x\\n y ", env: {A: "1"}, schedules: [{every: 5m}, {cron: "@daily"}]}
          - {name: b, command: z, enabled: false, schedules: [{weekly: {days: mon, at: "9:00"}}]}
        """);
    RunningCenter.Answer export = center.get("/api/v1/export?group=g");
    assertThat(export.header("Content-Type")).startsWith("text/yaml");
    assertThat(center.applied(export.text()).steps())
        .extracting(ApplyResult.Step::action)
        .containsOnly(Action.UNCHANGED)
        .hasSize(2);
    assertThat(
            center.applied(center.get("/api/v1/jobs/b/export").text()).steps().getFirst().action())
        .isEqualTo(Action.UNCHANGED);
  }

  @Test
  void an_export_of_several_groups_asks_which() throws Exception {
    center.applied("{group: g1, jobs: [{name: a, command: x}]}");
    center.applied("{group: g2, jobs: [{name: a, command: x}]}");
    assertThat(center.get("/api/v1/export").text()).contains("has to be one of g1, g2");
    assertThat(center.get("/api/v1/export?runtime=nowhere").status()).isEqualTo(400);
  }

  @Test
  void next_times_come_for_jobs_and_for_files_that_are_not_applied() throws Exception {
    String yaml = "jobs: [{name: a, command: x, package: new.zip, schedules: [{every: 30m}]}]";
    var views = center.post("/api/v1/next?n=3", yaml).json();
    assertThat(views).hasSize(1);
    assertThat(views.get(0).get("times").get(2).asString()).isEqualTo("2026-06-15T21:30:00Z");
    center.applied(
        "jobs: [{name: a, command: x, timezone: Asia/Tokyo, schedules: [{daily: \"9:00\"}]}]");
    NextView next = center.get("/api/v1/jobs/a/next?n=2").as(NextView.class);
    assertThat(next.zone()).isEqualTo("Asia/Tokyo");
    assertThat(next.times())
        .containsExactly(
            Instant.parse("2026-06-16T00:00:00Z"), Instant.parse("2026-06-17T00:00:00Z"));
    assertThat(center.post("/api/v1/next", "jobs: [{name: a}]").status()).isEqualTo(400);
  }
}
