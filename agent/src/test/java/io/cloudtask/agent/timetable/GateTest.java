package io.cloudtask.agent.timetable;

import static io.cloudtask.agent.Jobs.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudtask.agent.Jobs;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class GateTest {
  private final World world = new World(T0);

  @Test
  void without_a_lease_nothing_is_started_and_nothing_is_accounted_for() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(10)).endAll().until(at(25));
    world.cutOff();
    int before = world.facts().size();
    world.pass(Duration.ofMinutes(10));
    assertThat(world.facts()).hasSize(before);
    assertThat(granted()).containsExactly(at(10), at(20));
  }

  @Test
  void what_was_due_without_a_lease_is_skipped_and_says_so() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(10)).endAll().until(at(25)).endAll();
    world.cutOff().until(at(58)).reconnect().until(at(60));
    assertThat(gaps()).containsExactly(tuple(at(30), at(50), GapReason.LEASE_LOST));
    assertThat(granted()).containsExactly(at(10), at(20), at(60));
  }

  @Test
  void a_lease_that_comes_back_at_once_costs_no_fire_time() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(19));
    world.cutOff().until(at(23)).endAll().reconnect();
    assertThat(granted()).containsExactly(at(10), at(20));
    assertThat(world.facts(Fact.Gap.class)).isEmpty();
  }

  @Test
  void what_was_due_without_a_lease_is_made_up_for_where_the_job_says_so() {
    world.take(Jobs.every(1, 1, 10).missed(Missed.LAST).job()).until(at(5));
    world.cutOff().until(at(58)).reconnect();
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat, Fact.Granted::trigger)
        .containsExactly(tuple(at(50), Trigger.CATCHUP));
    assertThat(gaps()).containsExactly(tuple(at(10), at(40), GapReason.LEASE_LOST));
  }

  @Test
  void an_instant_that_finds_the_lease_over_is_of_the_time_without_one() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(15)).endAll();
    world.cutOffAt = at(15).plusMillis(1);
    world.until(at(25)).sleep(Duration.ofSeconds(1)).reconnect();
    assertThat(gaps()).containsExactly(tuple(at(20), at(20), GapReason.LEASE_LOST));
  }

  @Test
  void a_job_that_only_this_agent_may_run_needs_no_lease() {
    world.take(Jobs.every(1, 1, 10).sole(true).job(), Jobs.every(2, 1, 10).job());
    world.cutOff().until(at(10));
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::jobid)
        .containsExactly(Jobs.id(1));
  }

  @Test
  void a_job_that_others_may_run_from_now_on_needs_a_lease_from_now_on() {
    world.take(Jobs.every(1, 1, 10).sole(true).job());
    world.cutOff().until(at(10)).endAll();
    world.take(Jobs.every(1, 1, 10).sole(false).job()).until(at(30));
    assertThat(granted()).containsExactly(at(10));
    assertThat(world.state().jobs()).allMatch(held -> !held.job().sole());
    assertThat(world.timetable.revision()).isEqualTo(2);
  }

  @Test
  void a_clock_that_is_off_stops_even_what_needs_no_lease() {
    world.take(Jobs.every(1, 1, 10).sole(true).job()).until(at(10)).endAll();
    world.clockOff = true;
    world.wake().until(at(48));
    world.clockOff = false;
    world.wake().until(at(50));
    assertThat(granted()).containsExactly(at(10), at(50));
    assertThat(gaps()).containsExactly(tuple(at(20), at(40), GapReason.CLOCK_OFF));
  }

  @Test
  void a_queued_run_waits_for_the_lease() {
    world.take(Jobs.every(1, 1, 10).overlap(Overlap.QUEUE).job()).until(at(20));
    world.cutOff().endAll();
    assertThat(world.alive).isEmpty();
    world.reconnect();
    assertThat(world.alive.values())
        .extracting(run -> run.granted().fireat())
        .containsExactly(at(20));
  }

  @Test
  void a_start_by_hand_needs_no_lease() {
    world.take(Jobs.every(1, 4, 1).job()).cutOff();
    world.timetable.start(Jobs.id(1), "a", world.now);
    assertThat(world.timetable.start(Jobs.id(1), "a", world.now))
        .isInstanceOf(Reply.Accepted.class);
  }

  @Test
  void a_new_version_waits_for_the_lease_and_a_job_that_is_gone_does_not() {
    world.take(Jobs.every(1, 1, 10).job(), Jobs.every(2, 1, 10).job()).until(at(12)).endAll();
    world.cutOff().until(at(25));
    world.take(Jobs.every(1, 1, 7).version(2).job());
    assertThat(world.facts(Fact.Dropped.class))
        .extracting(Fact.Dropped::jobid, Fact.Dropped::at)
        .containsExactly(tuple(Jobs.id(2), at(25)));
    assertThat(world.timetable.revision()).isEqualTo(1);
    world.until(at(29)).reconnect();
    assertThat(world.timetable.revision()).isEqualTo(2);
    assertThat(gaps())
        .containsExactly(
            tuple(at(20), at(20), GapReason.LEASE_LOST),
            tuple(at(20), at(20), GapReason.LEASE_LOST));
  }

  @Test
  void what_runs_is_stopped_so_long_after_the_lease_as_its_job_says() {
    world.take(
        Jobs.every(1, 1, 10).ondisconnect(30).job(),
        Jobs.every(2, 1, 10).job(),
        Jobs.every(3, 1, 10).ondisconnect(0).sole(true).job());
    world.until(at(15)).cutOff().until(at(44));
    assertThat(world.stops).isEmpty();
    world.until(at(46));
    assertThat(world.stops)
        .extracting(StopOrder::runid, StopOrder::as)
        .containsExactly(
            tuple(world.facts(Fact.Granted.class).getFirst().runid(), RunState.STOPPED));
    assertThat(world.stops.getFirst().reason()).contains("cut off").contains("30 s");
  }

  @Test
  void what_is_cut_off_shortly_goes_on() {
    world.take(Jobs.every(1, 1, 10).ondisconnect(30).job()).until(at(15));
    world.cutOff().until(at(44)).reconnect().until(at(100));
    assertThat(world.stops).isEmpty();
  }

  private List<Instant> granted() {
    return world.facts(Fact.Granted.class).stream().map(Fact.Granted::fireat).toList();
  }

  private List<Tuple> gaps() {
    return world.facts(Fact.Gap.class).stream()
        .map(gap -> tuple(gap.first(), gap.last(), gap.reason()))
        .toList();
  }

  private static Instant at(long second) {
    return T0.plusSeconds(second);
  }
}
