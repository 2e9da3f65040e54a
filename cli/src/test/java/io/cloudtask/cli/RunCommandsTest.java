package io.cloudtask.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.cli.PretendedCenter.Answer;
import io.cloudtask.cli.PretendedCenter.Outcome;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandsTest {
  private static final String OUTPUT = "GET /api/v1/runs/" + Samples.RUN + "/output/";

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
  void a_list_shows_lateness_in_milliseconds_and_filters_by_state() {
    center.on(
        "GET /api/v1/runs?job=hello&state=timed_out&limit=50",
        Answer.json(200, new Page<>(List.of(Samples.run(RunState.TIMED_OUT)), null)));
    Outcome outcome = center.run("run", "list", "--job", "hello", "--state", "timed_out");
    assertThat(outcome.out())
        .contains("timed out", "2026-07-01 13:00:00.004+02:00", "4 ms", "12.3 s");
    assertThat(center.run("run", "list", "--state", "asleep").code()).isEqualTo(2);
  }

  @Test
  void a_list_stops_at_its_limit() {
    var run = Samples.run(RunState.SUCCEEDED);
    center.on("GET /api/v1/runs?limit=2", Answer.json(200, new Page<>(List.of(run, run), "more")));
    assertThat(center.run("run", "list", "-n", "2").out().lines()).hasSize(3);
    assertThat(center.requests).hasSize(1);
  }

  @Test
  void a_limit_that_is_none_is_wrong_usage() {
    assertThat(center.run("run", "list", "-n", "-5").code()).isEqualTo(2);
  }

  @Test
  void a_job_means_its_newest_run() {
    var run = Samples.run(RunState.SUCCEEDED);
    center.on(
        "GET /api/v1/runs?job=hello&limit=1", Answer.json(200, new Page<>(List.of(run), "more")));
    center.on("GET /api/v1/runs?job=new&limit=1", Answer.json(200, new Page<>(List.of(), null)));
    center.on(OUTPUT + "stdout?from=0", Answer.bytes("one\n", next(4, true)));
    assertThat(center.run("run", "log", "hello").out()).isEqualTo("one\n");
    assertThat(center.run("run", "log", "new").err()).contains("job new has no runs yet");
  }

  @Test
  void show_tells_what_is_kept_of_the_output() {
    center.on("GET /api/v1/runs/" + Samples.RUN, Answer.json(200, Samples.run(RunState.SUCCEEDED)));
    assertThat(center.run("run", "show", Samples.RUN).out())
        .contains("succeeded", "2.0 KiB", "0a0a0a0a");
  }

  @Test
  void log_without_follow_ends_with_what_there_is() {
    center.on(OUTPUT + "stdout?from=0", Answer.bytes("one\n", next(4, false)));
    center.on(OUTPUT + "stdout?from=4", Answer.bytes("", next(4, false)));
    Outcome outcome = center.run("run", "log", Samples.RUN);
    assertThat(outcome.out()).isEqualTo("one\n");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void log_follows_until_the_run_has_ended() {
    center.on(OUTPUT + "stderr?from=0&wait=20", Answer.bytes("one\n", next(4, false)));
    center.on(
        OUTPUT + "stderr?from=4&wait=20",
        Answer.bytes("", next(4, false)),
        Answer.bytes("two\n", next(8, true)));
    Outcome outcome = center.run("run", "log", Samples.RUN, "--stderr", "-f");
    assertThat(outcome.out()).isEqualTo("one\ntwo\n");
    assertThat(center.requests).hasSize(3);
  }

  @Test
  void what_was_dropped_is_told_where_it_was() {
    Map<String, String> headers =
        Map.of("Cloudtask-Next", "2056", "Cloudtask-End", "true", "Cloudtask-Cut", "4-2052");
    center.on(OUTPUT + "stdout?from=0", Answer.bytes("headtail", headers));
    Outcome outcome = center.run("run", "log", Samples.RUN);
    assertThat(outcome.out()).isEqualTo("headtail");
    assertThat(outcome.err()).isEqualTo("[2.0 KiB dropped here: over the limit]\n");
  }

  @Test
  void a_run_that_is_not_known_is_refused() {
    assertThat(center.run("run", "log", Samples.RUN).code()).isEqualTo(1);
  }

  @Test
  void stop_reaches_its_route() {
    center.on("POST /api/v1/runs/" + Samples.RUN + "/stop", new Answer(202, new byte[0], Map.of()));
    assertThat(center.run("run", "stop", Samples.RUN).out())
        .isEqualTo("asked to stop " + Samples.RUN + "\n");
  }

  private static Map<String, String> next(long offset, boolean end) {
    return Map.of("Cloudtask-Next", Long.toString(offset), "Cloudtask-End", Boolean.toString(end));
  }
}
