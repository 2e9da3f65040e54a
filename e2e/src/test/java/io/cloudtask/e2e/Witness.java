package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView;
import io.cloudtask.model.rest.WhyView.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outside checker: what the jobs wrote down themselves, held against what the ledger says. */
record Witness(Path file) {
  /** A shell line with which a job says that it started. Short appends to one file don't mix. */
  String command() {
    return "echo \"$CLOUDTASK_FIRE_TIME $CLOUDTASK_RUN_ID $CLOUDTASK_JOB_ID $PWD\" >> '"
        + file
        + "'";
  }

  /**
   * One start, as the job saw it. {@code fireTime} is "" for a manual run; the directory is one of
   * the agent that started it.
   */
  record Start(String fireTime, String runId, String jobId, Path directory) {}

  List<Start> starts() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.split(" ", -1))
        .map(part -> new Start(part[0], part[1], part[2], Path.of(part[3])))
        .toList();
  }

  /** No fire time started twice, and no run either. */
  void nothingStartedTwice() throws IOException {
    List<Start> starts = starts();
    assertThat(starts.stream().map(s -> s.jobId() + s.fireTime())).doesNotHaveDuplicates();
    assertThat(starts.stream().map(Start::runId)).doesNotHaveDuplicates();
  }

  /**
   * Each second in [from, to] has its one answer for a job of every second, and RAN is said of
   * exactly those that the job itself saw.
   */
  void everySecondIsAnswered(Api api, String job, Instant from, Instant to) throws IOException {
    String jobId = api.job(job).jobid();
    Map<Instant, Start> seen =
        starts().stream()
            .filter(s -> s.jobId().equals(jobId))
            .collect(Collectors.toMap(s -> Instant.parse(s.fireTime()), Function.identity()));
    Map<String, RunView> runs =
        api.runs(job).stream().collect(Collectors.toMap(RunView::runid, Function.identity()));
    for (Instant at = from; !at.isAfter(to); at = at.plusSeconds(1)) {
      WhyView why = api.why(job, at);
      assertThat(why.verdict())
          .as("the answer for %s: %s", at, why)
          .isIn(Verdict.RAN, Verdict.SKIPPED, Verdict.MISSED);
      boolean ran = why.verdict() == Verdict.RAN;
      if (ran && seen.get(at) == null) {
        RunView run = runs.get(why.runid());
        assertThat(run != null && run.startedat() == null)
            .as("a run that the job did not see never started: %s", run)
            .isTrue();
      } else {
        assertThat(ran)
            .as("%s: %s, and the job saw %s", at, why, seen.get(at))
            .isEqualTo(seen.get(at) != null);
      }
    }
  }
}
