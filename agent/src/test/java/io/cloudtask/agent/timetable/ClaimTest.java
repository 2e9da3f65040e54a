package io.cloudtask.agent.timetable;

import static io.cloudtask.agent.Jobs.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudtask.agent.Jobs;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private final World world = new World(T0);

  @Test
  void nothing_is_started_before_its_claim_is_granted() {
    world.autoClaim = false;
    world.take(claimed(10).job()).until(at(12));
    assertThat(world.claiming).containsExactly(new ClaimOrder(Jobs.id(1), at(10)));
    assertThat(granted()).isEmpty();
    world.answerClaims();
    assertThat(granted()).containsExactly(at(10));
  }

  @Test
  void what_another_has_claimed_is_skipped() {
    world.claimedElsewhere.add(new ClaimOrder(Jobs.id(1), at(10)));
    world.take(claimed(10).job()).until(at(20));
    assertThat(granted()).containsExactly(at(20));
    assertThat(gaps()).containsExactly(tuple(at(10), GapReason.CLAIMED_ELSEWHERE));
  }

  @Test
  void a_claim_that_nobody_answers_is_missed_and_a_late_answer_changes_nothing() {
    world.autoClaim = false;
    world.take(claimed(10).job()).until(at(15));
    assertThat(gaps()).containsExactly(tuple(at(10), GapReason.NO_CLAIM));
    world.answerClaims();
    assertThat(granted()).isEmpty();
  }

  @Test
  void every_instant_without_a_center_is_missed_for_want_of_a_claim() {
    world.autoClaim = false;
    world.take(claimed(1).overlap(Overlap.PARALLEL).job()).until(at(60));
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .containsOnly(GapReason.NO_CLAIM);
    assertThat(world.facts(Fact.Gap.class).stream().mapToLong(Fact.Gap::count).sum())
        .isGreaterThan(50);
  }

  @Test
  void answers_that_come_in_another_order_start_in_the_order_of_instants() {
    world.take(claimed(1).overlap(Overlap.PARALLEL).job()).until(at(1));
    world.autoClaim = false;
    world.until(at(2)).sleep(Duration.ofSeconds(2)).answerClaims().wake();
    List<ClaimOrder> asked = List.copyOf(world.claiming);
    assertThat(asked).extracting(ClaimOrder::fireat).containsExactly(at(3), at(4));
    world.obey(world.timetable.claimed(asked.get(1), true, world.now));
    assertThat(granted()).containsExactly(at(1), at(2));
    world.obey(world.timetable.claimed(asked.get(0), true, world.now));
    assertThat(granted()).containsExactly(at(1), at(2), at(3), at(4));
  }

  @Test
  void what_would_be_skipped_anyway_is_not_claimed() {
    world.take(claimed(10).job()).until(at(10));
    world.autoClaim = false;
    world.until(at(20));
    assertThat(world.claiming).isEmpty();
    assertThat(gaps()).containsExactly(tuple(at(20), GapReason.OVERLAP));
  }

  @Test
  void a_lease_that_ends_while_claims_are_asked_for_starts_nothing() {
    world.autoClaim = false;
    world.take(claimed(10).job()).until(at(11)).cutOff().answerClaims();
    assertThat(granted()).isEmpty();
    world.until(at(13)).reconnect().answerClaims();
    assertThat(granted()).containsExactly(at(10));
  }

  @Test
  void a_new_version_runs_what_was_claimed_for_it() {
    world.take(claimed(10).missed(Missed.LAST).job()).until(at(5));
    world.restart(Duration.ofSeconds(41));
    world.autoClaim = false;
    world.take(claimed(7).missed(Missed.LAST).command("new").version(2).job());
    assertThat(world.claiming).extracting(ClaimOrder::fireat).containsExactly(at(40));
    assertThat(world.timetable.revision()).isEqualTo(1);
    world.pass(Duration.ofSeconds(2)).answerClaims();
    assertThat(world.timetable.revision()).isEqualTo(2);
    assertThat(world.facts(Fact.Took.class))
        .extracting(Fact.Took::effective)
        .containsExactly(T0, at(46));
    assertThat(world.alive.values())
        .extracting(run -> run.job().definition().command())
        .containsExactly("new");
  }

  @Test
  void a_job_that_stops_to_need_claims_meanwhile_finishes_what_it_asked_for() {
    world.autoClaim = false;
    world.take(claimed(10).job()).until(at(11));
    world.take(Jobs.every(1, 1, 10).version(2).job());
    assertThat(world.timetable.revision()).isEqualTo(1);
    world.answerClaims();
    world.until(at(12));
    assertThat(world.timetable.revision()).isEqualTo(2);
    assertThat(granted()).containsExactly(at(10));
  }

  private static Jobs claimed(long seconds) {
    return Jobs.every(1, 1, seconds).guarantee(Guarantee.CLAIMED);
  }

  private List<Instant> granted() {
    return world.facts(Fact.Granted.class).stream().map(Fact.Granted::fireat).toList();
  }

  private List<Tuple> gaps() {
    return world.facts(Fact.Gap.class).stream()
        .map(gap -> tuple(gap.first(), gap.reason()))
        .toList();
  }

  private static Instant at(long second) {
    return T0.plusSeconds(second);
  }
}
