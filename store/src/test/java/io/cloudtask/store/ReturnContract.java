package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent whose jobs were taken from it comes back and tells what it did. */
abstract class ReturnContract extends StoreContract {
  private static final Instant FENCE = at(11).plusMillis(9);

  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
    handOutAndTake(AGENT);
    hello(OTHER_AGENT, "beta", "first", 0);
    report(
        new Fact.Took(JOB, 1, 1, NOW, "UTC"),
        Facts.granted(at(3)),
        Facts.ended(at(3), RunState.SUCCEEDED, ""));
    fence(AGENT);
    assignments().assign(JOB, OTHER_AGENT, at(12));
  }

  private long unsettled() {
    return ledger().unsettledBefore(at(10_000), 10).size();
  }

  @Test
  void what_it_did_before_the_fence_is_recorded() {
    report(
        Facts.granted(at(4)),
        Facts.ended(at(4), RunState.SUCCEEDED, ""),
        Facts.gap(at(5), at(11), 7, GapReason.LEASE_LOST, at(4)));

    assertThat(ledger().run(JOB, at(4)).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(ledger().gap(JOB, at(7)).orElseThrow().reason()).isEqualTo(GapReason.LEASE_LOST);
    assertThat(job().agentkey()).isEqualTo(OTHER_AGENT);
    assertThat(ledger().unsettledBefore(at(100), 10))
        .extracting(UnsettledRow::from)
        .containsExactly(at(11));
  }

  @Test
  void when_it_has_told_everything_the_span_is_settled_and_the_fence_stays() {
    report(
        Facts.gap(at(4), at(11), 8, GapReason.LEASE_LOST, at(3)), new Fact.Dropped(JOB, 1, FENCE));

    assertThat(unsettled()).isZero();
    assertThat(job().fence()).isEqualTo(FENCE);
    assertThat(assignments().history(JOB).getFirst().until()).isEqualTo(FENCE);
    assertThat(assignments().open(JOB).orElseThrow().span()).isEqualTo(2);
    assertThat(((HandOut.Current) handOut(AGENT)).set()).isEqualTo(new JobSet(3, List.of()));
  }

  @Test
  void a_gap_behind_the_fence_is_not_its_to_report() {
    report(Facts.gap(at(12), at(20), 9, GapReason.LEASE_LOST, at(11)));
    assertThat(ledger().gaps(JOB, NOW, at(100), 10)).isEmpty();

    report(Facts.gap(at(9), at(20), 12, GapReason.LEASE_LOST, at(8)));
    assertThat(ledger().gaps(JOB, NOW, at(100), 10))
        .extracting(GapRow::last)
        .containsExactly(FENCE);
  }

  @Test
  void a_start_behind_the_fence_is_recorded_and_moves_no_cursor() {
    reportOf(OTHER_AGENT, Facts.granted(at(13)));
    report(Facts.granted(at(14)), Facts.ended(at(14), RunState.SUCCEEDED, ""));

    assertThat(ledger().run(JOB, at(14)).orElseThrow().agentkey()).isEqualTo(AGENT);
    assertThat(ledger().cursor(JOB)).contains(at(13));
  }

  @Test
  void a_fire_time_that_two_agents_started_keeps_the_run_that_came_first() {
    reportOf(OTHER_AGENT, Facts.granted(at(13)));
    report(Facts.granted(at(13)), Facts.ended(at(13), RunState.FAILED, "not this one"));

    assertThat(ledger().run(JOB, at(13)).orElseThrow().agentkey()).isEqualTo(OTHER_AGENT);
    assertThat(ledger().run(JOB, at(13)).orElseThrow().state()).isEqualTo(RunState.STARTING);
  }

  @Test
  void it_may_hold_the_job_again_before_it_has_told_everything() {
    reportOf(OTHER_AGENT, new Fact.Dropped(JOB, 2, at(20)));
    handOut(AGENT);
    assertThat(assignments().assign(JOB, AGENT, at(21)).orElseThrow().span()).isEqualTo(3);
    report(
        Facts.gap(at(4), at(11), 8, GapReason.LEASE_LOST, at(3)),
        Facts.gap(at(15), at(15), 1, GapReason.LATE, at(11)),
        new Fact.Dropped(JOB, 1, FENCE),
        new Fact.Took(JOB, 3, 1, at(20), "UTC"),
        Facts.granted(at(22)));

    assertThat(ledger().gap(JOB, at(15))).as("that was the other's").isEmpty();
    assertThat(ledger().gap(JOB, at(10))).isPresent();
    assertThat(ledger().cursor(JOB)).contains(at(22));
    assertThat(assignments().open(JOB).orElseThrow().span()).isEqualTo(3);
    assertThat(unsettled()).isZero();
  }

  @Test
  void who_stays_away_for_too_long_is_lost() {
    UnsettledRow row = ledger().unsettledBefore(at(100), 10).getFirst();
    Fact.Gap lost = Facts.gap(at(4), at(11), 8, GapReason.AGENT_LOST, at(3));

    assertThat(ledger().lost(row, List.of(lost))).isTrue();
    assertThat(ledger().lost(row, List.of(lost))).as("it is closed already").isFalse();
    assertThat(ledger().gap(JOB, at(7)).orElseThrow().reason()).isEqualTo(GapReason.AGENT_LOST);
    assertThat(unsettled()).isZero();
  }

  @Test
  void the_truth_replaces_the_guess_that_it_was_lost() {
    UnsettledRow row = ledger().unsettledBefore(at(100), 10).getFirst();
    Fact.Gap guess = Facts.gap(at(4), at(11), 8, GapReason.AGENT_LOST, at(3));
    ledger().lost(row, List.of(guess));
    report(
        Facts.granted(at(4)),
        Facts.gap(at(5), at(5), 1, GapReason.OVERLAP, at(4)),
        Facts.granted(at(6)));
    assertThat(ledger().gap(JOB, at(5)).orElseThrow().reason()).isEqualTo(GapReason.OVERLAP);
    assertThat(ledger().gap(JOB, at(9)).orElseThrow().reason()).isEqualTo(GapReason.AGENT_LOST);
    assertThat(ledger().gap(JOB, at(9)).orElseThrow().count()).isEqualTo(6);

    report(
        Facts.gap(at(7), at(11), 5, GapReason.LEASE_LOST, at(6)), new Fact.Dropped(JOB, 1, FENCE));
    assertThat(ledger().gaps(JOB, NOW, at(100), 10))
        .extracting(GapRow::reason)
        .containsExactly(GapReason.OVERLAP, GapReason.LEASE_LOST);
    assertThat(((HandOut.Current) handOut(AGENT)).set().closed()).isEmpty();
  }

  @Test
  void what_it_gave_back_unheard_before_the_fence_was_nobodys_after_that() {
    report(Facts.gap(at(4), at(6), 3, GapReason.OVERLAP, at(3)), new Fact.Dropped(JOB, 1, at(6)));

    assertThat(ledger().unsettled(JOB, at(7))).isPresent();
    assertThat(ledger().unsettled(JOB, at(6))).isEmpty();
    assertThat(ledger().unsettledBefore(at(1), 10))
        .as("there is nothing to wait for")
        .extracting(UnsettledRow::from, UnsettledRow::reason)
        .containsExactly(tuple(at(6), GapReason.NO_AGENT));
    assertThat(((HandOut.Current) handOut(AGENT)).set().closed()).isEmpty();
  }

  @Test
  void runs_on_an_agent_that_stays_away_are_presumed_lost_until_it_tells() {
    report(Facts.granted(at(4)), Facts.started(at(4)), Facts.granted(at(5)));
    assertThat(runs().presumeLost(at(5), 10, at(100))).as("not yet").isZero();
    assertThat(runs().presumeLost(at(100), 1, at(100))).isEqualTo(1);
    assertThat(runs().presumeLost(at(100), 10, at(100))).isEqualTo(1);
    assertThat(ledger().run(JOB, at(4)).orElseThrow().state()).isEqualTo(RunState.LOST);

    report(Facts.ended(at(4), RunState.SUCCEEDED, ""));
    report(Facts.ended(at(4), RunState.FAILED, "again"));
    assertThat(ledger().run(JOB, at(4)).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(ledger().run(JOB, at(5)).orElseThrow().state()).isEqualTo(RunState.LOST);
  }

  @Test
  void a_job_of_which_it_had_not_heard_when_it_died_was_nobodys() {
    create(OTHER_JOB, "other");
    handOutAndTake(AGENT);
    assignments().assign(OTHER_JOB, AGENT, at(12));
    Instant fence = fence(AGENT);
    report(new Fact.Dropped(OTHER_JOB, 1, fence));

    assertThat(ledger().unsettledBefore(at(1), 10))
        .extracting(UnsettledRow::jobid, UnsettledRow::from, UnsettledRow::to, UnsettledRow::reason)
        .containsExactly(tuple(OTHER_JOB, NOW, fence, GapReason.NO_AGENT));
  }
}
