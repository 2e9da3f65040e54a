package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class RetentionContract extends StoreContract {
  private static final Retention.Limits LIMITS =
      new Retention.Limits(Duration.ofDays(90), Duration.ofDays(14), 5);

  private void run(Instant fireat) {
    report(
        List.of(
            new RunOutput(Facts.runid(fireat), "stdout", 1, 0, 0, new byte[1]),
            new RunOutput(Facts.runid(fireat), "stderr", 0, 0, 0, new byte[0])),
        Facts.granted(fireat),
        Facts.ended(fireat, RunState.SUCCEEDED, ""));
  }

  private int pruneAll(Instant now, int batch) {
    int removed = 0;
    for (int calls = 0; calls < 1000; calls++) {
      Retention.Progress progress =
          store.<Retention.Progress>write(tx -> tx.retention().prune(LIMITS, batch, now));
      removed += progress.removed();
      if (progress.done()) {
        return removed;
      }
    }
    throw new AssertionError("it does not come to an end");
  }

  private long kept() {
    return kept(Set.of());
  }

  private long kept(Set<RunState> states) {
    return runs()
        .list(new RunQuery(Scope.EVERYTHING, JOB, states, null, 1000, null))
        .items()
        .size();
  }

  private long outputs(Instant fireat) {
    return outputs().list(Facts.runid(fireat)).size();
  }

  @Test
  void nothing_within_the_limits_is_removed() {
    aJobThatAnAgentHolds();
    run(at(1));
    assertThat(pruneAll(at(60), 10)).isZero();
    assertThat(outputs(at(1))).isEqualTo(2);
  }

  @Test
  void output_of_all_but_the_newest_runs_of_a_job_goes() {
    aJobThatAnAgentHolds();
    for (int i = 1; i <= 20; i++) {
      run(at(i));
    }
    pruneAll(at(60), 4);

    assertThat(kept()).isEqualTo(20);
    assertThat(outputs(at(15))).isZero();
    assertThat(outputs(at(16))).isEqualTo(2);
    assertThat(pruneAll(at(60), 4)).isZero();
    run(at(21));
    pruneAll(at(60), 4);
    assertThat(outputs(at(16))).isZero();
    assertThat(outputs(at(17))).isEqualTo(2);
  }

  @Test
  void old_output_goes_before_old_runs_and_gaps() {
    aJobThatAnAgentHolds();
    run(at(1));
    report(Facts.gap(at(2), at(3), 2, GapReason.OVERLAP, at(1)));
    Instant soon = NOW.plus(Duration.ofDays(15));
    pruneAll(soon, 10);
    assertThat(outputs(at(1))).isZero();
    assertThat(kept()).isEqualTo(1);
    assertThat(ledger().gap(JOB, at(2))).isPresent();

    pruneAll(NOW.plus(Duration.ofDays(91)), 10);
    assertThat(kept()).isZero();
    assertThat(ledger().gap(JOB, at(2))).isEmpty();
  }

  @Test
  void a_run_that_is_not_over_stays() {
    aJobThatAnAgentHolds();
    report(Facts.granted(at(1)), Facts.granted(at(2)), Facts.ended(at(2), RunState.LOST, "x"));

    pruneAll(NOW.plus(Duration.ofDays(100)), 10);
    assertThat(kept(Set.of(RunState.STARTING))).isEqualTo(1);
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void a_deleted_job_vanishes_with_the_last_of_its_history() {
    aJobThatAnAgentHolds();
    run(at(1));
    jobs().delete(JOB, "ann", at(2));
    pruneAll(NOW.plus(Duration.ofDays(80)), 10);
    assertThat(jobs().versions(JOB)).hasSize(1);

    pruneAll(NOW.plus(Duration.ofDays(91)), 10);
    assertThat(jobs().versions(JOB)).isEmpty();
    assertThat(assignments().history(JOB)).isEmpty();
  }

  @Test
  void requests_are_forgotten_after_a_day_and_unfinished_uploads_too() {
    requests().once("a", "1", NOW);
    packages().begin("0".repeat(64), 300_000, NOW);
    packages().put("0".repeat(64), 0, new byte[Packages.PIECE]);

    assertThat(pruneAll(NOW.plus(Duration.ofHours(23)), 10)).isZero();
    assertThat(pruneAll(NOW.plus(Duration.ofHours(25)), 10)).isEqualTo(2);
    assertThat(requests().once("a", "2", NOW)).isEqualTo("2");
  }

  @Test
  void sessions_and_tries_to_sign_in_are_forgotten_when_they_count_no_longer() {
    AccountRow ann = new AccountRow("ann", "", "", Set.of(), true, false, NOW, null);
    accounts().create(ann, "");
    sessions().open("cookie", "ann", NOW, "", "");
    logins().count("ann", NOW, Duration.ofMinutes(5));
    assertThat(pruneAll(NOW.plus(Duration.ofDays(7)), 10)).isEqualTo(1);
    assertThat(sessions().find("cookie")).isPresent();
    assertThat(pruneAll(NOW.plus(Duration.ofDays(9)), 10)).isEqualTo(1);
    assertThat(sessions().find("cookie")).isEmpty();
  }
}
