package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies without a farewell; what runs goes on, and what is known afterwards is true. */
class KilledInTheNightTest {
  private static final int JOBS = 20;

  @TempDir Path dir;

  @Test
  void every_running_job_ends_with_its_true_exit_code_and_its_whole_output() throws Exception {
    Path gate = dir.resolve("gate");
    Path data = dir.resolve("data");
    try (StandaloneProcess first = StandaloneProcess.start(data)) {
      first.api().apply(longJobs(gate));
      Api api = first.api();
      await().atMost(Duration.ofSeconds(15)).until(() -> api.job("long-19").agent() != null);
      for (int i = 0; i < JOBS; i++) {
        api.post("/api/v1/jobs/long-" + i + "/start");
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> inState(api, RunState.RUNNING) == JOBS);
      first.kill();
    }
    Files.createFile(gate);
    try (StandaloneProcess second = StandaloneProcess.start(data)) {
      Api api = second.api();
      await().atMost(Duration.ofSeconds(30)).until(() -> inState(api, RunState.RUNNING) == 0);
      for (int i = 0; i < JOBS; i++) {
        List<RunView> runs = api.runs("long-" + i);
        assertThat(runs).hasSize(1);
        assertThat(runs.getFirst().exitcode()).as("exit code of %s", runs.getFirst()).isEqualTo(i);
        assertThat(runs.getFirst().state())
            .isEqualTo(i == 0 ? RunState.SUCCEEDED : RunState.FAILED);
        assertThat(api.output(runs.getFirst().runid(), "stdout"))
            .isEqualTo("before " + i + "\nafter " + i + "\n");
      }
    }
  }

  /** The sessions that the killed process left are known to be nobody's. */
  @Test
  void the_next_start_signs_in_without_waiting_for_a_timeout() throws Exception {
    Path data = dir.resolve("data");
    try (StandaloneProcess first = StandaloneProcess.start(data)) {
      Api api = first.api();
      api.apply("{runtime: local, jobs: [{name: one, command: 'true'}]}");
      await().atMost(Duration.ofSeconds(20)).until(() -> api.job("one").agent() != null);
      first.kill();
    }
    try (StandaloneProcess second = StandaloneProcess.start(data)) {
      Api api = second.api();
      api.post("/api/v1/jobs/one/start");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> inState(api, "one", RunState.SUCCEEDED) == 1);
      assertThat(Files.readString(data.resolve("logs/cloudtask.log")))
          .doesNotContain(
              "refuses this agent", "does not know of this agent", "center is not signed in");
    }
  }

  @Test
  void no_due_instant_lacks_its_answer_and_none_ran_twice() throws Exception {
    Path data = dir.resolve("data");
    Witness witness = new Witness(dir.resolve("witness"));
    try (StandaloneProcess first = StandaloneProcess.start(data)) {
      first
          .api()
          .apply(
              everySecond("tick", "skip", witness)
                  + everySecond("again", "last", witness)
                      .substring("runtime: local\njobs:\n".length()));
      await().atMost(Duration.ofSeconds(20)).until(() -> witness.starts().size() >= 6);
    }
    for (int night = 0; night < 3; night++) {
      try (StandaloneProcess process = StandaloneProcess.start(data)) {
        int before = witness.starts().size();
        await().atMost(Duration.ofSeconds(30)).until(() -> witness.starts().size() >= before + 4);
        process.kill();
      }
    }
    try (StandaloneProcess last = StandaloneProcess.start(data)) {
      Api api = last.api();
      int before = witness.starts().size();
      await().atMost(Duration.ofSeconds(30)).until(() -> witness.starts().size() >= before + 6);
      Instant to = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
      Instant from = Instant.parse(witness.starts().getFirst().fireTime());
      witness.nothingStartedTwice();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> witness.everySecondIsAnswered(api, "tick", from.plusSeconds(1), to));
      witness.everySecondIsAnswered(api, "again", from.plusSeconds(1), to);
    }
  }

  private static String longJobs(Path gate) {
    StringBuilder file = new StringBuilder("runtime: local\njobs:\n");
    for (int i = 0; i < JOBS; i++) {
      file.append("  - name: long-")
          .append(i)
          .append("\n    command: |\n      echo before ")
          .append(i);
      file.append("\n      while [ ! -e '")
          .append(gate)
          .append("' ]; do sleep 0.2; done\n      echo after ");
      file.append(i).append("\n      exit ").append(i).append('\n');
    }
    return file.toString();
  }

  private static String everySecond(String name, String missed, Witness witness) {
    return "runtime: local\njobs:\n  - name: %s\n    missed: %s\n    command: %s\n    schedules: [{every: 1s}]\n"
        .formatted(name, missed, witness.command());
  }

  private static long inState(Api api, RunState state) {
    long count = 0;
    for (int i = 0; i < JOBS; i++) {
      count += inState(api, "long-" + i, state);
    }
    return count;
  }

  private static long inState(Api api, String job, RunState state) {
    return api.runs(job).stream().filter(run -> run.state() == state).count();
  }
}
