package io.cloudtask.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.timetable.Gate;
import io.cloudtask.model.run.GapReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
  /** Close to where nanoseconds overflow, which they may do at any moment. */
  private static final long START = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

  private static final Duration TEN = Duration.ofSeconds(10);

  private final Lease lease = new Lease(START);

  @Test
  void without_any_word_only_what_is_sole_may_be_started() {
    Gate gate = lease.gate(at(7));
    assertThat(gate.leased()).isEqualTo(GapReason.LEASE_LOST);
    assertThat(gate.sole()).isNull();
    assertThat(gate.cutOff()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7001));
  }

  @Test
  void the_word_of_the_coordinator_lasts_from_its_sending() {
    lease.confirmedByCoordinator(at(2), TEN);
    assertThat(open(at(12))).isTrue();
    assertThat(open(at(12) + 1)).isFalse();
    assertThat(lease.gate(at(15)).cutOff()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void the_word_of_the_coordinator_ends_with_the_registration_it_was_given_in() {
    lease.autonomy(Duration.ofSeconds(2));
    lease.confirmedByCoordinator(at(2), TEN);
    lease.lostByCoordinator(at(5));
    assertThat(open(at(7))).isTrue();
    assertThat(open(at(7) + 1)).isFalse();
    assertThat(lease.gate(at(9)).cutOff()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void that_a_registration_is_over_takes_nothing_from_what_had_ended_before() {
    lease.autonomy(Duration.ofSeconds(30));
    lease.confirmedByCoordinator(at(2), TEN);
    lease.lostByCoordinator(at(15));
    assertThat(open(at(42))).isTrue();
  }

  @Test
  void either_word_is_enough() {
    learn();
    lease.confirmedByCoordinator(at(0), TEN);
    lease.confirmedByStore(at(8), TEN, at(9));
    assertThat(open(at(18))).isTrue();
    lease.confirmedByCoordinator(at(15), TEN);
    assertThat(open(at(25))).isTrue();
    assertThat(open(at(26))).isFalse();
  }

  @Test
  void autonomy_lengthens_a_lease_and_makes_none() {
    lease.autonomy(Duration.ofSeconds(30));
    assertThat(open(at(1))).isFalse();
    lease.confirmedByCoordinator(at(0), TEN);
    assertThat(open(at(40))).isTrue();
    assertThat(open(at(41))).isFalse();
    lease.autonomy(Duration.ZERO);
    assertThat(open(at(11))).isFalse();
  }

  @Test
  void the_store_counts_for_nothing_before_the_set_is_learnt() {
    lease.confirmedByStore(at(0), TEN, at(1));
    assertThat(open(at(1))).isFalse();
    learn();
    assertThat(open(at(1))).isTrue();
  }

  @Test
  void a_grant_after_a_break_counts_when_the_set_that_may_have_made_it_possible_is_taken() {
    learn();
    lease.confirmedByStore(at(0), TEN, at(1));
    long number = lease.asking();
    lease.confirmedByStore(at(15), TEN, at(16));
    assertThat(open(at(16))).isFalse();
    lease.learned(number - 1);
    assertThat(open(at(16))).isFalse();
    lease.learned(number);
    assertThat(open(at(16))).isTrue();
  }

  @Test
  void a_grant_without_a_break_counts_whatever_is_under_way() {
    lease.confirmedByCoordinator(at(0), TEN);
    lease.asking();
    lease.confirmedByStore(at(9), TEN, at(10));
    assertThat(open(at(19))).isTrue();
  }

  @Test
  void the_time_of_autonomy_is_a_break() {
    learn();
    lease.autonomy(Duration.ofSeconds(60));
    lease.confirmedByStore(at(0), TEN, at(0));
    lease.asking();
    lease.confirmedByStore(at(20), TEN, at(20));
    assertThat(open(at(20))).isFalse();
  }

  @Test
  void one_that_was_taken_for_dead_starts_nothing_until_it_has_asked_again() {
    long before = lease.asking();
    lease.learned(before);
    lease.confirmedByCoordinator(at(0), TEN);
    long underWay = lease.asking();
    lease.fenced(at(1));
    lease.learned(underWay);
    lease.confirmedByCoordinator(at(2), TEN);
    assertThat(lease.gate(at(2)).sole()).isEqualTo(GapReason.LEASE_LOST);
    assertThat(open(at(2))).isFalse();
    lease.learned(lease.asking());
    assertThat(open(at(2))).isTrue();
  }

  @Test
  void a_host_that_may_have_been_suspended_needs_a_new_word() {
    lease.confirmedByCoordinator(at(0), TEN);
    lease.doubt(at(1));
    assertThat(open(at(1))).isFalse();
    assertThat(lease.renewalDue() - at(1)).isNotPositive();
    lease.confirmedByCoordinator(at(1), TEN);
    assertThat(lease.gate(at(2))).isEqualTo(new Gate(GapReason.CLOCK_OFF, null, null));
    assertThat(lease.storeDue(at(2)) - at(2)).isNotPositive();
    lease.confirmedByStore(at(2), TEN, at(2));
    assertThat(open(at(2))).as("the answer was too slow to tell anything of the clock").isFalse();
    lease.compared(at(2), true);
    assertThat(open(at(2))).isTrue();
  }

  @Test
  void a_clock_that_was_set_needs_a_look_of_the_store_that_was_asked_for_afterwards() {
    lease.confirmedByStore(at(0), TEN, at(0));
    lease.doubt(at(2));
    lease.compared(at(1), true);
    lease.confirmedByStore(at(1), TEN, at(3));
    lease.confirmedByCoordinator(at(3), TEN);
    assertThat(lease.gate(at(3)).leased()).isEqualTo(GapReason.CLOCK_OFF);
    assertThat(lease.gate(at(3)).sole()).as("nobody else can have it").isNull();
    lease.compared(at(4), true);
    lease.confirmedByStore(at(4), TEN, at(4));
    assertThat(open(at(5))).isTrue();
  }

  @Test
  void a_clock_that_is_off_and_another_with_the_key_close_everything() {
    lease.confirmedByCoordinator(at(0), TEN);
    lease.compared(at(0), false);
    assertThat(lease.gate(at(1)))
        .isEqualTo(new Gate(GapReason.CLOCK_OFF, GapReason.CLOCK_OFF, null));
    lease.compared(at(0), true);
    lease.taken(true);
    assertThat(lease.gate(at(1)).sole()).isEqualTo(GapReason.LEASE_LOST);
    lease.taken(false);
    assertThat(lease.gate(at(1))).isEqualTo(Gate.OPEN);
  }

  @Test
  void our_node_is_written_every_quarter_and_sooner_after_a_failure() {
    lease.renewing(at(0));
    lease.confirmedByCoordinator(at(0), Duration.ofSeconds(8));
    assertThat(lease.renewalDue()).isEqualTo(at(2));
    lease.renewing(at(2));
    assertThat(lease.renewalDue()).isEqualTo(at(2) + Duration.ofMillis(500).toNanos());
  }

  @Test
  void the_store_is_asked_at_once_then_now_and_then_while_the_coordinator_answers() {
    assertThat(lease.storeDue(START) - START).isNotPositive();
    lease.confirmedByCoordinator(at(0), TEN);
    lease.askingStore(at(0));
    lease.confirmedByStore(at(0), TEN, at(0));
    assertThat(lease.storeDue(at(1))).isEqualTo(at(5) + 1);
    lease.confirmedByCoordinator(at(4), Duration.ofSeconds(100));
    assertThat(lease.storeDue(at(5))).isEqualTo(at(15));
  }

  @Test
  void the_store_is_asked_often_when_the_coordinator_is_silent() {
    lease.confirmedByCoordinator(at(0), TEN);
    lease.askingStore(at(0));
    lease.confirmedByStore(at(0), TEN, at(0));
    assertThat(lease.storeDue(at(6))).isEqualTo(at(5));
    lease.askingStore(at(6));
    assertThat(lease.storeDue(at(6))).isEqualTo(at(7));
  }

  private boolean open(long now) {
    return lease.gate(now).leased() == null;
  }

  private void learn() {
    lease.learned(lease.asking());
  }

  private static long at(long second) {
    return START + Duration.ofSeconds(second).toNanos();
  }
}
