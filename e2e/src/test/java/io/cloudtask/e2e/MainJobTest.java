package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.ApplyResult.Action;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A person writes down a job and sees what it printed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {
  @TempDir static Path dir;
  private StandaloneProcess standalone;
  private Api api;

  @BeforeAll
  void start() throws Exception {
    standalone = StandaloneProcess.start(dir.resolve("data"));
    api = standalone.api();
  }

  @AfterAll
  void stop() throws Exception {
    standalone.close();
  }

  @Test
  void a_job_runs_on_its_second_and_its_output_can_be_read() {
    api.apply(
        """
        runtime: local
        jobs:
          - name: hello
            command: echo "hello from $CLOUDTASK_FIRE_TIME"; echo oops >&2
            schedules: [{every: 1s}]
        """);
    await().atMost(Duration.ofSeconds(15)).until(() -> succeeded("hello").size() >= 3);
    RunView run = succeeded("hello").getFirst();
    assertThat(run.fireat()).isNotNull();
    assertThat(run.latenessms()).isBetween(0L, 1000L);
    assertThat(run.exitcode()).isZero();
    assertThat(api.output(run.runid(), "stdout")).isEqualTo("hello from " + run.fireat() + "\n");
    assertThat(api.output(run.runid(), "stderr")).isEqualTo("oops\n");
    api.post("/api/v1/jobs/hello/disable");
  }

  @Test
  void applying_a_file_again_changes_nothing() {
    String file =
        "{runtime: local, jobs: [{name: same, command: 'true', schedules: [{daily: '02:30'}]}]}";
    assertThat(api.apply(file).steps()).extracting(s -> s.action()).containsExactly(Action.CREATE);
    assertThat(api.apply(file).steps())
        .extracting(s -> s.action())
        .containsExactly(Action.UNCHANGED);
  }

  @Test
  void the_requests_of_the_manual_are_answered_without_a_token_on_this_machine() {
    api.apply("{runtime: local, jobs: [{name: by-hand, command: 'echo by hand'}]}");
    String jobId = api.job("by-hand").jobid();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> agent("GET", "/jobs/" + jobId, null).statusCode() == 200);

    JsonNode ping = Json.MAPPER.readTree(agent("GET", "/_ping", null).body());
    assertThat(ping.propertyNames()).containsExactly("app", "key", "node", "systemconfig", "cache");
    assertThat(ping.at("/systemconfig/cluster/hosts").asString())
        .as("at any free port, and said")
        .matches("127\\.0\\.0\\.1:[1-9][0-9]{3,4}")
        .isNotEqualTo("127.0.0.1:2181");
    JsonNode job =
        Json.MAPPER.readTree(agent("GET", "/jobs/" + jobId, null).body()).at("/data/jobbase");
    assertThat(job.propertyNames())
        .containsExactly(
            "jobid",
            "jobname",
            "filename",
            "filecode",
            "cmd",
            "env",
            "timeout",
            "version",
            "schedule");
    assertThat(agent("GET", "/jobs", null).body()).contains(jobId);

    String order = "{\"runtime\":\"local\",\"jobid\":\"" + jobId + "\",\"action\":\"start\"}";
    HttpResponse<String> accepted = agent("PUT", "/jobs/action", order);
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body()).isEqualTo("{\"content\":\"request accepted.\"}");
    await().atMost(Duration.ofSeconds(15)).until(() -> succeeded("by-hand").size() == 1);
    assertThat(succeeded("by-hand").getFirst().trigger()).isEqualTo(Trigger.MANUAL);
  }

  @Test
  void stop_leaves_no_process_of_the_job() throws Exception {
    Path pids = dir.resolve("pids");
    api.apply(
        """
        runtime: local
        jobs:
          - name: tree
            command: |
              sleep 1000 & echo $! >> %1$s
              (setsid sh -c 'echo $$ >> %1$s; exec sleep 1000' &)
              echo $$ >> %1$s
              sleep 1000
        """
            .formatted(pids));
    await().atMost(Duration.ofSeconds(15)).until(() -> api.job("tree").agent() != null);
    api.post("/api/v1/jobs/tree/start");
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 3);
    List<Long> started = Files.readAllLines(pids).stream().map(Long::valueOf).toList();
    api.post("/api/v1/jobs/tree/stop");
    await()
        .atMost(Duration.ofSeconds(8))
        .until(() ->
            started.stream()
                .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
    await()
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(
            () -> assertThat(api.runs("tree").getFirst().state()).isEqualTo(RunState.STOPPED));
  }

  @Test
  void five_hundred_jobs_due_in_one_second_all_run() throws Exception {
    Witness witness = new Witness(dir.resolve("burst"));
    Instant due = Instant.now().plusSeconds(12);
    var local = due.atZone(java.time.ZoneOffset.UTC);
    String cron =
        "%d %d %d %d %d *"
            .formatted(
                local.getSecond(),
                local.getMinute(),
                local.getHour(),
                local.getDayOfMonth(),
                local.getMonthValue());
    StringBuilder file = new StringBuilder("runtime: local\ngroup: burst\njobs:\n");
    for (int i = 0; i < 500; i++) {
      file.append("  - name: burst-").append(i).append("\n    command: ").append(witness.command());
      file.append("\n    timezone: UTC\n    schedules: [{cron: \"").append(cron).append("\"}]\n");
    }
    api.apply(file.toString());
    await().atMost(Duration.ofSeconds(60)).until(() -> witness.starts().size() >= 500);
    witness.nothingStartedTwice();
    assertThat(witness.starts()).hasSize(500);
    await().atMost(Duration.ofSeconds(30)).until(() -> succeeded("burst-499").size() == 1);
  }

  @Test
  void a_second_start_on_the_same_data_is_refused_with_the_pid_of_the_first() throws Exception {
    Process second = StandaloneProcess.launch(dir.resolve("data"));
    assertThat(second.waitFor()).isNotZero();
    assertThat(Files.readString(StandaloneProcess.stderrFile(dir.resolve("data"))))
        .contains(Long.toString(standalone.pid()));
  }

  private List<RunView> succeeded(String job) {
    return api.runs(job).stream().filter(run -> run.state() == RunState.SUCCEEDED).toList();
  }

  private HttpResponse<String> agent(String method, String path, @Nullable String body) {
    return Api.exchange(
        HttpRequest.newBuilder(URI.create(standalone.agent() + "/cloudtask/v2" + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }
}
