package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class ReportsContract extends StoreContract {
  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
  }

  private RunView run(long second) {
    return runs().find(Facts.runid(at(second))).orElseThrow();
  }

  @Test
  void a_run_is_recorded_from_its_grant_to_its_end() {
    assertThat(report(Facts.granted(at(1)))).isEqualTo(new Reports.Outcome.Applied(1, Set.of(JOB)));
    assertThat(run(1).state()).isEqualTo(RunState.STARTING);
    report(Facts.started(at(1)));
    assertThat(run(1).state()).isEqualTo(RunState.RUNNING);
    report(Facts.ended(at(1), RunState.SUCCEEDED, ""));
    reopen();

    assertThat(run(1))
        .isEqualTo(
            new RunView(
                Facts.runid(at(1)),
                JOB,
                "hello",
                1,
                RunState.SUCCEEDED,
                Trigger.SCHEDULE,
                1,
                at(1),
                at(1).plusMillis(2),
                at(1).plusMillis(502),
                2L,
                500L,
                0,
                null,
                "",
                "alpha",
                AGENT,
                List.of()));
  }

  @Test
  void a_batch_that_comes_again_changes_nothing() {
    ReportBatch batch =
        new ReportBatch(
            "first",
            List.of(
                new Report(10, Facts.granted(at(1))),
                new Report(20, Facts.gap(at(2), at(2), 1, GapReason.OVERLAP, at(1)))),
            List.of());
    assertThat(apply(batch)).isEqualTo(new Reports.Outcome.Applied(20, Set.of(JOB)));

    assertThat(apply(batch)).isEqualTo(new Reports.Outcome.Applied(20, Set.of()));
    assertThat(ledger().gap(JOB, at(2)).orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void of_a_batch_that_overlaps_only_the_new_part_is_applied() {
    Report gap = new Report(20, Facts.gap(at(1), at(2), 2, GapReason.OVERLAP, NOW));
    apply(new ReportBatch("first", List.of(gap), List.of()));
    Report next = new Report(21, Facts.gap(at(3), at(3), 1, GapReason.OVERLAP, at(2)));

    assertThat(apply(new ReportBatch("first", List.of(gap, next), List.of())))
        .isEqualTo(new Reports.Outcome.Applied(21, Set.of(JOB)));
    assertThat(ledger().gap(JOB, at(2)).orElseThrow().count()).isEqualTo(3);
    assertThat(agents().find(AGENT).orElseThrow().applied()).isEqualTo(21);
  }

  @Test
  void reports_of_another_incarnation_or_of_a_stranger_are_refused() {
    ReportBatch batch =
        new ReportBatch("zombie", List.of(new Report(1, Facts.granted(at(1)))), List.of());

    assertThat(apply(batch)).isEqualTo(new Reports.Outcome.OtherIncarnation("first"));
    assertThat(reports().apply(OTHER_AGENT, batch, NOW))
        .isEqualTo(new Reports.Outcome.UnknownAgent());
    assertThat(runs().find(Facts.runid(at(1)))).isEmpty();
  }

  @Test
  void a_run_ends_once() {
    report(Facts.granted(at(1)), Facts.ended(at(1), RunState.SUCCEEDED, ""));

    report(Facts.ended(at(1), RunState.FAILED, "late news"), Facts.started(at(1)));

    assertThat(run(1).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run(1).reason()).isEmpty();
    assertThat(job().stat()).isEqualTo(JobView.IDLE);
    assertThat(agents().find(AGENT).orElseThrow().applied()).isEqualTo(4);
  }

  @Test
  void a_contradiction_does_not_hold_up_what_comes_behind_it() {
    report(
        Facts.ended(at(1), RunState.SUCCEEDED, ""),
        Facts.granted(at(2)),
        Facts.granted(at(2)),
        Facts.ended(at(2), RunState.CANCELLED, "a run that starts is not in a queue"),
        Facts.ended(at(2), RunState.RUNNING, "that is no end"),
        Facts.granted(at(3)));

    assertThat(runs().find(Facts.runid(at(1)))).isEmpty();
    assertThat(run(2).state()).isEqualTo(RunState.STARTING);
    assertThat(run(3).state()).isEqualTo(RunState.STARTING);
  }

  @Test
  void the_start_of_a_run_may_be_missing() {
    report(Facts.queued(at(1)), Facts.queued(at(2)));
    report(
        Facts.ended(at(1), RunState.FAILED, "exit code 3"),
        Facts.ended(at(2), RunState.CANCELLED, "its deadline passed"));

    assertThat(run(1).state()).isEqualTo(RunState.FAILED);
    assertThat(run(1).startedat()).isNull();
    assertThat(run(1).durationms()).isNull();
    assertThat(run(2).state()).isEqualTo(RunState.CANCELLED);
    assertThat(job().stat()).isEqualTo(JobView.FAILED);
    assertThat(job().execerr()).isEqualTo("exit code 3");
  }

  @Test
  void a_job_runs_until_the_last_of_its_runs_has_ended() {
    report(Facts.granted(at(1)), Facts.started(at(1)), Facts.granted(at(2)));
    report(Facts.ended(at(1), RunState.FAILED, "exit code 1"));
    assertThat(job().stat()).isEqualTo(JobView.RUNNING);
    assertThat(job().execat()).isEqualTo(at(2).plusMillis(1));

    report(Facts.ended(at(2), RunState.SUCCEEDED, ""));
    assertThat(job().stat()).isEqualTo(JobView.IDLE);
    assertThat(job().execerr()).isEmpty();
  }

  @Test
  void a_run_that_only_waits_does_not_make_its_job_run() {
    report(Facts.queued(at(1)));
    assertThat(job().stat()).isEqualTo(JobView.CREATED);
    assertThat(job().execat()).isNull();
  }

  @Test
  void a_fault_is_shown_until_it_is_over() {
    report(Facts.granted(at(1)), Facts.ended(at(1), RunState.SUCCEEDED, ""));
    report(new Fact.Fault(JOB, 1, "schedule 1: month 13"));
    assertThat(job().stat()).isEqualTo(JobView.FAILED);
    assertThat(job().execerr()).isEqualTo("schedule 1: month 13");

    report(new Fact.Fault(JOB, 1, ""));
    assertThat(job().stat()).isEqualTo(JobView.IDLE);
    assertThat(job().execerr()).isEmpty();
  }

  @Test
  void facts_about_a_job_that_was_deleted_are_kept() {
    report(Facts.granted(at(1)));
    jobs().delete(JOB, "ann", at(2));

    report(Facts.ended(at(1), RunState.SUCCEEDED, ""), new Fact.Dropped(JOB, 1, at(3)));

    assertThat(run(1).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run(1).jobname()).isEqualTo("hello");
  }

  @Test
  void a_run_by_hand_has_no_fire_time() {
    Fact granted =
        new Fact.Granted(JOB, "f".repeat(32), 1, null, at(5), 1, Trigger.MANUAL, false, null);
    report(granted);

    RunView run = runs().find("f".repeat(32)).orElseThrow();
    assertThat(run.fireat()).isNull();
    assertThat(run.trigger()).isEqualTo(Trigger.MANUAL);
    assertThat(ledger().cursor(JOB)).contains(NOW);
  }
}
