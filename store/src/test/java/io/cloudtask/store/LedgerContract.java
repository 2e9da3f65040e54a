package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class LedgerContract extends StoreContract {
  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
  }

  @Test
  void a_fire_time_leads_to_its_run() {
    report(Facts.granted(at(1)), Facts.granted(at(2)));

    assertThat(ledger().run(JOB, at(1)).orElseThrow().runid()).isEqualTo(Facts.runid(at(1)));
    assertThat(ledger().run(JOB, at(3))).isEmpty();
    assertThat(ledger().run(OTHER_JOB, at(1))).isEmpty();
  }

  @Test
  void adjacent_gaps_of_one_kind_are_one_row() {
    report(Facts.gap(at(1), at(2), 2, GapReason.OVERLAP, NOW));
    report(
        Facts.gap(at(3), at(3), 1, GapReason.OVERLAP, at(2)),
        Facts.gap(at(4), at(9), 6, GapReason.OVERLAP, at(3)));

    assertThat(ledger().gaps(JOB, NOW, at(100), 10))
        .containsExactly(new GapRow(JOB, 1, at(1), at(9), 9, GapReason.OVERLAP));
    assertThat(ledger().gap(JOB, at(5))).isPresent();
    assertThat(ledger().gap(JOB, NOW)).isEmpty();
    assertThat(ledger().gap(JOB, at(10))).isEmpty();
  }

  @Test
  void gaps_with_a_run_between_or_of_another_kind_stay_apart() {
    report(
        Facts.gap(at(1), at(1), 1, GapReason.OVERLAP, NOW),
        Facts.granted(at(2)),
        Facts.gap(at(3), at(3), 1, GapReason.OVERLAP, at(2)),
        Facts.gap(at(4), at(4), 1, GapReason.LATE, at(3)),
        new Fact.Gap(JOB, 2, at(5), at(5), 1, GapReason.LATE, at(4)));

    assertThat(ledger().gaps(JOB, NOW, at(100), 10)).hasSize(4);
    assertThat(ledger().gaps(JOB, at(3), at(4), 10)).hasSize(2);
    assertThat(ledger().gaps(JOB, NOW, at(100), 1))
        .extracting(GapRow::first)
        .containsExactly(at(1));
    assertThat(ledger().gap(JOB, at(2))).isEmpty();
  }

  @Test
  void the_cursor_is_the_last_instant_that_was_answered() {
    assertThat(ledger().cursor(JOB)).contains(NOW);
    assertThat(ledger().cursor(OTHER_JOB)).isEmpty();

    report(Facts.granted(at(5)));
    assertThat(ledger().cursor(JOB)).contains(at(5));
    report(Facts.ended(at(5), RunState.SUCCEEDED, ""));
    assertThat(ledger().cursor(JOB)).contains(at(5));
    report(Facts.gap(at(6), at(8), 3, GapReason.AGENT_DOWN, at(5)));
    assertThat(ledger().cursor(JOB)).contains(at(8));
  }

  @Test
  void the_version_in_force_is_that_which_the_agent_had_taken_before_the_fire_time() {
    report(
        new Fact.Took(JOB, 1, 1, NOW, "Europe/Berlin"),
        new Fact.Took(JOB, 1, 2, at(10), "Europe/Berlin"));

    assertThat(ledger().inForce(JOB, NOW)).isEmpty();
    assertThat(ledger().inForce(JOB, at(10)))
        .contains(new Ledger.InForce(1, NOW, "Europe/Berlin", AGENT));
    assertThat(ledger().inForce(JOB, at(11)))
        .contains(new Ledger.InForce(2, at(10), "Europe/Berlin", AGENT));
  }

  @Test
  void the_center_answers_for_instants_that_nobody_owned() {
    create(OTHER_JOB, "free");
    ledger().record(new Fact.Gap(OTHER_JOB, 1, at(1), at(5), 5, GapReason.NO_AGENT, NOW));
    ledger().record(new Fact.Gap(OTHER_JOB, 1, at(6), at(7), 2, GapReason.NO_AGENT, at(5)));

    assertThat(ledger().gap(OTHER_JOB, at(6)).orElseThrow().count()).isEqualTo(7);
    assertThat(ledger().cursor(OTHER_JOB)).contains(at(7));
  }
}
