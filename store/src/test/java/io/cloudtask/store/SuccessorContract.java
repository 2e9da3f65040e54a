package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Ids;
import io.cloudtask.model.exchange.ClaimRequest.Claim;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The next agent sees to the guarantee of a job whose agent was lost. */
abstract class SuccessorContract extends StoreContract {
  private static final String THIRD_AGENT = "709794cc-3539-4f58-a4d3-cc02a4f4848f";
  private static final Instant FENCE = at(11).plusMillis(9);

  private void aJobWhoseAgentWasLost(Guarantee guarantee) {
    jobs().create(JOB, withGuarantee(definition("hello"), guarantee), "ann", NOW);
    for (String key : List.of(AGENT, OTHER_AGENT, THIRD_AGENT)) {
      hello(key, "host-" + key.charAt(0), "first", 0);
    }
    assignments().assign(JOB, AGENT, NOW);
    handOutAndTake(AGENT);
    report(
        new Fact.Took(JOB, 1, 1, NOW, "UTC"),
        Facts.granted(at(3)),
        Facts.ended(at(3), RunState.SUCCEEDED, ""));
    fence(AGENT);
    assignments().assign(JOB, OTHER_AGENT, at(12));
  }

  private @Nullable Instant redo(String key) {
    return handOutAndTake(key).jobs().getFirst().redo();
  }

  private static Fact again(Instant fireat, int attempt) {
    return new Fact.Granted(
        JOB,
        Ids.scheduledRunId(JOB, fireat, attempt),
        1,
        fireat,
        at(13),
        attempt,
        Trigger.CATCHUP,
        false,
        fireat.minusSeconds(1));
  }

  private static Fact begun(Instant fireat) {
    return new Fact.Started(JOB, Ids.scheduledRunId(JOB, fireat, 2), at(13), 1);
  }

  @Test
  void who_may_start_once_only_does_not_look_back() {
    aJobWhoseAgentWasLost(Guarantee.LEASED);
    assertThat(redo(OTHER_AGENT)).isNull();
  }

  @Test
  void what_may_be_lost_is_done_again_from_the_last_report_on() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    assertThat(redo(OTHER_AGENT)).isEqualTo(at(3));

    reportOf(OTHER_AGENT, again(at(4), 2), again(at(5), 2));
    assertThat(ledger().run(JOB, at(5)).orElseThrow().attempt()).isEqualTo(2);
    assertThat(ledger().unsettled(JOB, at(5)))
        .as("whether it ran before is as unknown as it was")
        .isPresent();
  }

  @Test
  void the_successor_of_a_successor_that_is_lost_goes_on_where_that_stopped() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    handOutAndTake(OTHER_AGENT);
    reportOf(OTHER_AGENT, again(at(4), 2), again(at(5), 2), begun(at(4)), begun(at(5)));
    Instant second = fence(OTHER_AGENT);
    assignments().assign(JOB, THIRD_AGENT, clock.instant());

    assertThat(redo(THIRD_AGENT)).isEqualTo(at(5));
    assertThat(job().fence()).isEqualTo(second);
    assertThat(ledger().unsettledBefore(at(1000), 10))
        .extracting(UnsettledRow::from)
        .containsExactly(at(3), FENCE);
    reportOf(THIRD_AGENT, again(at(11), 3), again(at(14), 3));
    assertThat(redo(THIRD_AGENT)).as("for one that comes after it").isEqualTo(at(11));
  }

  @Test
  void nothing_is_done_again_of_what_the_agent_told_after_all() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    report(
        Facts.gap(at(4), at(11), 8, GapReason.LEASE_LOST, at(3)), new Fact.Dropped(JOB, 1, FENCE));
    assertThat(redo(OTHER_AGENT)).isNull();
  }

  @Test
  void a_run_beats_a_gap_whichever_comes_first() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    reportOf(OTHER_AGENT, again(at(4), 2));
    report(Facts.gap(at(4), at(5), 2, GapReason.LEASE_LOST, at(3)));
    reportOf(OTHER_AGENT, again(at(6), 2));
    report(Facts.gap(at(6), at(6), 1, GapReason.LEASE_LOST, at(5)));
    reportOf(OTHER_AGENT, Facts.gap(at(7), at(7), 1, GapReason.CLAIMED_ELSEWHERE, at(6)));
    report(Facts.granted(at(7)));

    assertThat(ledger().gaps(JOB, NOW, at(100), 10))
        .containsExactly(new GapRow(JOB, 1, at(4), at(5), 1, GapReason.LEASE_LOST));
    assertThat(ledger().ran(JOB, at(3), at(100))).containsExactly(at(3), at(4), at(6), at(7));
  }

  @Test
  void one_that_follows_itself_answers_only_for_what_it_makes_up_for() {
    jobs().create(JOB, withGuarantee(definition("hello"), Guarantee.ATLEASTONCE), "ann", NOW);
    hello(AGENT, "alpha", "first", 0);
    assignments().assign(JOB, AGENT, NOW);
    fence(AGENT);
    handOutAndTake(AGENT);
    assignments().assign(JOB, AGENT, at(12));
    assertThat(redo(AGENT)).isEqualTo(NOW);

    report(
        new Fact.Dropped(JOB, 1, Instant.EPOCH),
        new Fact.Took(JOB, 2, 1, at(12), "UTC"),
        again(at(8), 1));
    report(again(at(9), 1));
    assertThat(ledger().run(JOB, at(9))).isPresent();
    assertThat(ledger().unsettled(JOB, at(5)))
        .as("what it was too late for has no answer yet")
        .isPresent();
  }

  @Test
  void what_was_nobodys_is_left_to_the_successor_that_sees_to_the_guarantee() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    report(new Fact.Dropped(JOB, 1, at(6)));

    assertThat(ledger().unsettledBefore(at(1), 10)).as("it is not closed yet").isEmpty();
    assertThat(redo(OTHER_AGENT)).isEqualTo(at(3));
  }

  @Test
  void a_run_beats_a_gap_also_when_its_owner_has_told_everything() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    report(
        Facts.gap(at(4), at(11), 8, GapReason.AGENT_DOWN, at(3)), new Fact.Dropped(JOB, 1, FENCE));
    reportOf(OTHER_AGENT, again(at(4), 2));

    assertThat(ledger().gap(JOB, at(11)).orElseThrow().count()).isEqualTo(7);
  }

  @Test
  void a_claimed_run_beats_a_gap_also_when_its_owner_has_told_everything() {
    aJobWhoseAgentWasLost(Guarantee.CLAIMED);
    claims().claim(OTHER_AGENT, List.of(new Claim(JOB, at(4))), at(13));
    report(
        Facts.gap(at(4), at(11), 8, GapReason.AGENT_DOWN, at(3)), new Fact.Dropped(JOB, 1, FENCE));
    String runid = Ids.scheduledRunId(JOB, at(4), 1);
    reportOf(
        OTHER_AGENT,
        new Fact.Granted(JOB, runid, 1, at(4), at(13), 1, Trigger.CATCHUP, false, FENCE));

    assertThat(ledger().gap(JOB, at(11)).orElseThrow().count()).isEqualTo(7);
  }

  @Test
  void the_first_claim_for_a_fire_time_stands() {
    aJobWhoseAgentWasLost(Guarantee.CLAIMED);
    List<Claim> claims = List.of(new Claim(JOB, at(4)), new Claim(JOB, at(5)));
    assertThat(claims().claim(AGENT, List.of(claims.getFirst()), at(4))).containsExactly(true);

    assertThat(claims().claim(OTHER_AGENT, claims, at(13))).containsExactly(false, true);
    assertThat(claims().claim(AGENT, claims, at(14))).containsExactly(true, false);
    assertThat(claims().claim(AGENT, List.of(), at(14))).isEmpty();
  }

  @Test
  void a_claim_tells_whose_a_fire_time_is_when_nothing_else_does() {
    aJobWhoseAgentWasLost(Guarantee.CLAIMED);
    assertThat(redo(OTHER_AGENT)).isEqualTo(at(3));
    claims().claim(OTHER_AGENT, List.of(new Claim(JOB, at(4))), at(13));
    reportOf(OTHER_AGENT, Facts.granted(at(4)));
    report(Facts.gap(at(4), at(11), 8, GapReason.LEASE_LOST, at(3)));

    assertThat(ledger().run(JOB, at(4)).orElseThrow().agentkey()).isEqualTo(OTHER_AGENT);
    assertThat(ledger().gap(JOB, at(11)).orElseThrow().count()).isEqualTo(7);
  }

  @Test
  void a_run_that_was_about_to_start_is_done_again_too() {
    aJobWhoseAgentWasLost(Guarantee.ATLEASTONCE);
    handOutAndTake(OTHER_AGENT);
    reportOf(OTHER_AGENT, again(at(4), 2), again(at(5), 2));
    reportOf(
        OTHER_AGENT,
        begun(at(4)),
        new Fact.Took(JOB, 2, 1, FENCE, "UTC"),
        Facts.granted(at(12)),
        Facts.started(at(12)),
        Facts.queued(at(14)));
    fence(OTHER_AGENT);
    assignments().assign(JOB, THIRD_AGENT, clock.instant());

    assertThat(redo(THIRD_AGENT)).isEqualTo(at(5).minusMillis(1));
  }
}
