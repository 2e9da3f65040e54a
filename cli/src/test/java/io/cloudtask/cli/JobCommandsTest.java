package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.cli.PretendedCenter.Answer;
import io.cloudtask.cli.PretendedCenter.Outcome;
import io.cloudtask.model.rest.ApplyResult;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.model.rest.NextView;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.Problem;
import io.cloudtask.model.rest.WhyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandsTest {
  @TempDir Path directory;
  PretendedCenter center;

  @BeforeEach
  void start() throws IOException {
    center = new PretendedCenter(directory);
  }

  @AfterEach
  void stop() {
    center.close();
  }

  @Test
  void apply_prints_the_plan_field_by_field() throws IOException {
    Files.writeString(directory.resolve("jobs.yaml"), "jobs: []\n");
    center.on("POST /api/v1/apply?dryrun=false&prune=true", Answer.json(200, plan(true)));

    Outcome outcome = center.run("job", "apply", "-f", "jobs.yaml", "--prune");

    assertThat(outcome.out())
        .isEqualTo(
            """
            + create    local/default/new  1
            ~ change    local/default/old  2
                command: a -> (none)
            - remove    local/default/gone  3
            = unchanged local/default/same  4
            applied: 1 created, 1 changed, 1 removed, 1 unchanged
            """);
    assertThat(outcome.code()).isZero();
    assertThat(center.requests.getFirst().body()).isEqualTo("jobs: []\n");
    assertThat(center.requests.getFirst().headers())
        .containsEntry("Authorization", "Bearer secret")
        .containsEntry("Content-type", "application/yaml");
  }

  @Test
  void a_dry_run_says_that_nothing_was_applied_and_reads_standard_input() {
    center.on("POST /api/v1/apply?dryrun=true&prune=false", Answer.json(200, plan(false)));
    Outcome outcome =
        center.run(environment(), "jobs: [x]", 0, "job", "apply", "-f", "-", "--dry-run");
    assertThat(outcome.out()).contains("dry run, nothing applied: 1 created");
    assertThat(center.requests.getFirst().body()).isEqualTo("jobs: [x]");
  }

  @Test
  void the_plan_has_colours_only_on_a_terminal_that_wants_them() {
    center.on("POST /api/v1/apply?dryrun=false&prune=false", Answer.json(200, plan(true)));
    String[] apply = {"job", "apply", "-f", "-"};
    assertThat(center.run(environment(), "", 80, apply).out()).contains("\u001b[32m+ create");
    assertThat(center.run(environment(), "", 0, apply).out()).doesNotContain("\u001b");
    Map<String, String> plain =
        Map.of("CLOUDTASK_URL", center.url(), "CLOUDTASK_TOKEN", "t", "NO_COLOR", "1");
    assertThat(center.run(plain, "", 80, apply).out()).doesNotContain("\u001b");
  }

  @Test
  void a_change_of_several_lines_is_shown_line_by_line() {
    ApplyResult.Change change =
        new ApplyResult.Change("command", "set -e\na\nb\nc\n", "set -e\na\nB\nbb\nc\n");
    ApplyResult result =
        new ApplyResult(true, List.of(step(Action.CHANGE, "2", "old", List.of(change))));
    assertThat(Plan.render(result, false))
        .contains(
            """
                command:
                    a
                  - b
                  + B
                  + bb
                    c
            applied:\
            """);
  }

  @Test
  void mistakes_in_a_file_are_printed_as_compilers_do() throws IOException {
    Files.writeString(directory.resolve("bad.yaml"), "jobs: 1\n");
    Problem problem =
        new Problem(
            "invalid",
            "the job file has mistakes",
            400,
            null,
            List.of(
                new Problem.FieldError("jobs[0].every", 4, 9, "interval 0 never fires"),
                new Problem.FieldError("jobs[1].name", 0, 0, "is missing")));
    center.on("POST /api/v1/apply?dryrun=false&prune=false", Answer.json(400, problem));

    Outcome outcome = center.run("job", "apply", "-f", "bad.yaml");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            """
            bad.yaml:4:9: jobs[0].every: interval 0 never fires
            bad.yaml: jobs[1].name: is missing
            cloudtask: the job file has mistakes
            """);
  }

  @Test
  void refusals_are_json_on_standard_error_when_asked() {
    center.on("GET /api/v1/jobs/x", Answer.json(404, Problem.of("not-found", 404, "no job x")));
    Outcome outcome = center.run("--json", "job", "show", "x");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("{\"type\":\"not-found\"").contains("no job x");
  }

  @Test
  void a_list_is_read_to_its_end_and_shows_local_times_with_their_zone() {
    center.on(
        "GET /api/v1/jobs?group=ops&limit=500",
        Answer.json(200, new Page<>(List.of(Samples.job("one")), "x y")));
    center.on(
        "GET /api/v1/jobs?group=ops&limit=500&after=x%20y",
        Answer.json(200, new Page<>(List.of(Samples.job("two")), null)));
    Outcome outcome = center.run("job", "list", "--group", "ops");
    assertThat(outcome.out().lines())
        .hasSize(3)
        .anyMatch(l -> l.contains("one") && l.contains("2026-12-01 13:00:00+01:00"))
        .anyMatch(l -> l.contains("two") && l.contains("2026-07-01 13:00:00+02:00"));
  }

  @Test
  void a_table_fits_the_terminal() {
    center.on(
        "GET /api/v1/jobs?limit=500",
        Answer.json(200, new Page<>(List.of(Samples.job("n".repeat(200))), null)));
    Outcome outcome = center.run(environment(), "", 100, "job", "list");
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(outcome.out()).contains("nnn…");
  }

  @Test
  void a_narrow_terminal_leaves_out_what_can_be_done_without_and_shows_short_times() {
    center.on(
        "GET /api/v1/jobs?limit=500",
        Answer.json(200, new Page<>(List.of(Samples.job("hello")), null)));
    assertThat(center.run(environment(), "", 80, "job", "list").out())
        .isEqualTo(
            """
            NAME   GROUP    STATE  NEXT              LAST      AGENT   SCHEDULE
            hello  default  idle   2026-12-01 13:00  13:00:00  host-a  every 2 seconds
            """);
    assertThat(center.run(environment(), "", 200, "job", "list").out()).startsWith("JOB ");
  }

  @Test
  void an_empty_list_is_told_to_a_person() {
    center.on("GET /api/v1/jobs?limit=500", Answer.json(200, new Page<>(List.of(), null)));
    assertThat(center.run(environment(), "", 80, "job", "list").out()).isEqualTo("no jobs\n");
    assertThat(center.run("job", "list").out()).startsWith("JOB ");
  }

  @Test
  void show_names_the_environment_without_its_values_and_drops_control_characters() {
    center.on("GET /api/v1/jobs/a%2Fb", Answer.json(200, Samples.job("evil\u001b[2J")));
    Outcome outcome = center.run("job", "show", "a/b");
    assertThat(outcome.out()).contains("PASSWORD=...").doesNotContain("secret", "\u001b");
    assertThat(outcome.out()).contains("  echo hello\n  echo again\n");
  }

  @Test
  void start_prints_the_run_id_alone_so_that_scripts_can_use_it() {
    center.on(
        "POST /api/v1/jobs/hello/start",
        Answer.json(202, Map.of("runid", Samples.RUN, "started", true)));
    Outcome outcome = center.run("job", "start", "hello", "--request-id", "r1");
    assertThat(outcome.out()).isEqualTo(Samples.RUN + "\n");
    assertThat(outcome.err()).isEmpty();
    assertThat(center.requests.getFirst().headers()).containsEntry("Idempotency-key", "r1");
  }

  @Test
  void start_of_a_job_that_runs_says_so_beside_the_id_of_its_run() {
    center.on(
        "POST /api/v1/jobs/hello/start",
        Answer.json(202, Map.of("runid", Samples.RUN, "started", false)));
    Outcome outcome = center.run("job", "start", "hello");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).isEqualTo(Samples.RUN + "\n");
    assertThat(outcome.err())
        .isEqualTo("no run was started: this one of the job is not over yet\n");
  }

  @Test
  void the_other_verbs_reach_their_routes() {
    center.on("POST /api/v1/jobs/j/stop", new Answer(202, new byte[0], Map.of()));
    center.on("DELETE /api/v1/jobs/j", new Answer(204, new byte[0], Map.of()));
    center.on("POST /api/v1/jobs/j/enable", Answer.json(200, Samples.job("j")));
    center.on("POST /api/v1/jobs/j/disable", Answer.json(200, Samples.job("j")));
    center.on("POST /api/v1/jobs/j/clone", Answer.json(201, Samples.job("k")));
    center.on("GET /api/v1/export?group=g", Answer.bytes("jobs: []\n", Map.of()));
    center.on("GET /api/v1/jobs/j/export", Answer.bytes("jobs: [j]\n", Map.of()));
    assertThat(center.run("job", "stop", "j").code()).isZero();
    assertThat(center.run("job", "delete", "j").code()).isZero();
    assertThat(center.run("job", "enable", "j").out()).startsWith("enabled " + Samples.JOB);
    assertThat(center.run("job", "disable", "j").out()).startsWith("disabled ");
    assertThat(center.run("job", "clone", "j", "k").out()).endsWith(" k\n");
    assertThat(center.requests.getLast().body()).isEqualTo("{\"name\":\"k\"}");
    assertThat(center.run("job", "export", "--group", "g").out()).isEqualTo("jobs: []\n");
    assertThat(center.run("job", "export", "j").out()).isEqualTo("jobs: [j]\n");
  }

  @Test
  void next_shows_times_in_the_zone_of_the_job_and_the_schedule_in_words() {
    NextView next =
        new NextView(
            null,
            "hello",
            true,
            "Asia/Tokyo",
            List.of("every day at 02:30"),
            List.of(Instant.parse("2026-07-01T17:30:00Z")));
    center.on("POST /api/v1/next?n=3", Answer.json(200, List.of(next)));
    Outcome outcome = center.run(environment(), "x", 0, "job", "next", "-f", "-", "-n", "3");
    assertThat(outcome.out())
        .isEqualTo(
            """
            hello
              every day at 02:30
                2026-07-02 02:30:00+09:00
                (Asia/Tokyo)
            """);
    assertThat(center.run("job", "next").code()).isEqualTo(2);
  }

  @Test
  void why_takes_a_local_time_and_prints_the_explanation() {
    Instant at = Instant.parse("2026-11-24T01:30:00Z");
    WhyView why =
        new WhyView(
            Samples.JOB,
            "hello",
            at,
            WhyView.Verdict.SKIPPED,
            WhyView.Cause.GAP,
            "it did not run: the run before was still going",
            3L,
            null,
            "overlap",
            new WhyView.Gap(at, at, 1),
            null,
            null,
            null,
            at.plusSeconds(60));
    center.on("GET /api/v1/jobs/hello/why?at=2026-11-24T01:30:00Z", Answer.json(200, why));
    Outcome outcome = center.run("job", "why", "hello", "--at", "2026-11-24 02:30");
    assertThat(outcome.out())
        .startsWith("hello at 2026-11-24 02:30:00+01:00: skipped (overlap)\nit did not run: ");
    assertThat(center.run("job", "why", "hello", "--at", "tomorrow").code()).isEqualTo(2);
  }

  private Map<String, String> environment() {
    return Map.of("CLOUDTASK_URL", center.url(), "CLOUDTASK_TOKEN", "secret");
  }

  private static ApplyResult plan(boolean applied) {
    return new ApplyResult(
        applied,
        List.of(
            step(Action.CREATE, "1", "new", List.of()),
            step(Action.CHANGE, "2", "old", List.of(new ApplyResult.Change("command", "a", ""))),
            step(Action.REMOVE, "3", "gone", List.of()),
            step(Action.UNCHANGED, "4", "same", List.of())));
  }

  private static ApplyResult.Step step(
      Action action, String id, String name, List<ApplyResult.Change> changes) {
    return new ApplyResult.Step(action, id, "local", "default", name, changes);
  }
}
