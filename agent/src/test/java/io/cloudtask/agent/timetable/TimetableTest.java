package io.cloudtask.agent.timetable;

import static io.cloudtask.agent.Jobs.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.JournalState;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private final World world = new World(T0);

  @Test
  void a_job_of_every_second_starts_at_every_second() {
    world.take(Jobs.secondly(1).overlap(Overlap.PARALLEL).job()).until(at(5));
    assertThat(granted()).containsExactly(at(1), at(2), at(3), at(4), at(5));
    assertThat(world.facts(Fact.Gap.class)).isEmpty();
  }

  @Test
  void due_while_it_runs_is_skipped_and_said() {
    world.take(Jobs.secondly(1).job()).until(at(3));
    assertThat(granted()).containsExactly(at(1));
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::first, Fact.Gap::reason, Fact.Gap::after)
        .containsExactly(
            tuple(at(2), GapReason.OVERLAP, at(1)), tuple(at(3), GapReason.OVERLAP, at(2)));
    world.endAll().until(at(4));
    assertThat(granted()).containsExactly(at(1), at(4));
  }

  @Test
  void queued_runs_start_in_order_and_a_full_queue_is_said() {
    world.take(Jobs.secondly(1).overlap(Overlap.QUEUE).job()).until(at(103));
    assertThat(world.facts(Fact.Granted.class)).hasSize(101);
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .containsOnly(GapReason.QUEUE_FULL);
    assertThat(world.alive).hasSize(1);
    List<Instant> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      order.add(world.alive.values().iterator().next().granted().fireat());
      world.end(only(), RunState.SUCCEEDED);
    }
    assertThat(order).containsExactly(at(1), at(2), at(3), at(4), at(5));
  }

  @Test
  void a_queued_run_that_waits_past_its_deadline_is_cancelled() {
    world.take(Jobs.every(1, 1, 10).overlap(Overlap.QUEUE).startdeadline(15).job()).until(at(40));
    assertThat(world.facts(Fact.Ended.class))
        .extracting(Fact.Ended::state, Fact.Ended::endedat)
        .containsExactly(tuple(RunState.CANCELLED, at(35).plusNanos(1)));
  }

  @Test
  void replace_stops_what_runs_and_starts_the_newest() {
    world.take(Jobs.secondly(1).overlap(Overlap.REPLACE).job()).until(at(3));
    assertThat(world.stops).extracting(StopOrder::as).containsExactly(RunState.STOPPED);
    assertThat(world.facts(Fact.Ended.class))
        .extracting(Fact.Ended::state)
        .containsExactly(RunState.CANCELLED);
    world.end(only(), RunState.STOPPED);
    assertThat(world.alive.values())
        .extracting(run -> run.granted().fireat())
        .containsExactly(at(3));
  }

  @Test
  void what_an_agent_slept_through_is_one_gap() {
    world.take(Jobs.secondly(1).job()).until(at(2)).endAll();
    world.restart(Duration.ofDays(2)).wake();
    List<Fact.Gap> gaps = world.facts(Fact.Gap.class);
    Fact.Gap gap = gaps.getLast();
    assertThat(gap.reason()).isEqualTo(GapReason.AGENT_DOWN);
    assertThat(world.timetable.nextWake())
        .hasValueSatisfying(next -> assertThat(next).isBefore(world.now));
    world.pass(Duration.ZERO);
    long missed =
        world.facts(Fact.Gap.class).stream()
            .filter(g -> g.reason() == GapReason.AGENT_DOWN)
            .mapToLong(Fact.Gap::count)
            .sum();
    assertThat(missed).isEqualTo(48 * 3600 - 6);
  }

  @Test
  void a_short_stop_of_the_agent_loses_no_instant_that_is_still_on_time() {
    world.take(Jobs.every(1, 1, 2).job()).until(at(2)).endAll();
    world.restart(Duration.ofSeconds(3)).wake();
    assertThat(granted()).containsExactly(at(2), at(4));
    assertThat(world.facts(Fact.Granted.class).getLast().trigger()).isEqualTo(Trigger.SCHEDULE);
  }

  @Test
  void last_makes_up_for_the_newest_within_the_deadline() {
    world.take(Jobs.every(1, 2, 1).missed(Missed.LAST).startdeadline(90).job()).until(at(30));
    world.restart(Duration.ofMinutes(10)).wake();
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat, Fact.Granted::trigger)
        .containsExactly(tuple(at(600), Trigger.CATCHUP));
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::first, Fact.Gap::last, Fact.Gap::count)
        .containsExactly(tuple(at(60), at(540), 9L));
  }

  @Test
  void last_runs_nothing_that_is_past_its_deadline() {
    world.take(Jobs.every(1, 2, 1).missed(Missed.LAST).startdeadline(20).job()).until(at(30));
    world.restart(Duration.ofMinutes(10)).wake();
    assertThat(granted()).isEmpty();
    assertThat(world.facts(Fact.Gap.class)).extracting(Fact.Gap::count).containsExactly(10L);
  }

  @Test
  void all_makes_up_for_the_newest_hundred_one_after_the_other() {
    world.take(Jobs.every(1, 2, 1).missed(Missed.ALL).job()).until(at(30));
    world.restart(Duration.ofMinutes(150)).wake();
    assertThat(world.facts(Fact.Gap.class)).extracting(Fact.Gap::count).containsExactly(50L);
    assertThat(granted()).hasSize(100).isSorted();
    assertThat(world.alive).hasSize(1);
    world.endAll();
    assertThat(world.startedEver).hasSize(100);
  }

  @Test
  void a_paused_host_is_late_and_a_step_forward_makes_no_burst() {
    world.take(Jobs.secondly(1).job()).until(at(1)).endAll();
    world.sleep(Duration.ofHours(1)).wake();
    assertThat(world.alive).hasSize(1);
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .containsExactly(GapReason.LATE, GapReason.OVERLAP);
  }

  @Test
  void a_step_back_repeats_nothing() {
    world.take(Jobs.secondly(1).job()).until(at(10)).endAll();
    int before = world.facts().size();
    world.now = at(3);
    world.wake().until(at(10));
    assertThat(world.facts()).hasSize(before);
    world.until(at(11));
    assertThat(granted()).endsWith(at(11));
  }

  @Test
  void a_new_version_follows_the_old_one_without_a_hole() {
    world.take(Jobs.every(1, 1, 2).overlap(Overlap.PARALLEL).job()).until(at(4).plusMillis(500));
    world.take(Jobs.every(1, 1, 3).overlap(Overlap.PARALLEL).version(2).job()).until(at(9));
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat, Fact.Granted::version)
        .containsExactly(tuple(at(2), 1L), tuple(at(4), 1L), tuple(at(6), 2L), tuple(at(9), 2L));
    assertThat(world.facts(Fact.Took.class))
        .extracting(Fact.Took::effective)
        .containsExactly(T0, at(4).plusMillis(500));
  }

  @Test
  void what_was_missed_is_run_by_the_newest_definition_and_accounted_by_the_old() {
    world.take(Jobs.every(1, 2, 1).missed(Missed.LAST).job()).until(at(30));
    world.restart(Duration.ofMinutes(3));
    world.take(Jobs.every(1, 2, 7).missed(Missed.LAST).command("new").version(2).job());
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat, Fact.Granted::version)
        .containsExactly(tuple(at(180), 2L));
    assertThat(world.alive.values())
        .extracting(run -> run.job().definition().command())
        .containsExactly("new");
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::version, Fact.Gap::count)
        .containsExactly(tuple(1L, 2L));
  }

  @Test
  void a_job_switched_off_meanwhile_makes_up_for_nothing() {
    world.take(Jobs.every(1, 2, 1).missed(Missed.ALL).job()).until(at(30));
    world.restart(Duration.ofMinutes(3));
    world.take(Jobs.every(1, 2, 1).missed(Missed.ALL).enabled(false).version(2).job());
    assertThat(granted()).isEmpty();
    assertThat(world.facts(Fact.Gap.class)).extracting(Fact.Gap::count).containsExactly(3L);
    assertThat(world.pass(Duration.ofHours(1)).facts(Fact.Granted.class)).isEmpty();
  }

  @Test
  void a_job_that_left_runs_on_and_is_reported() {
    world.take(Jobs.secondly(1).job()).until(at(1));
    world.take().until(at(5));
    assertThat(world.facts(Fact.Dropped.class)).hasSize(1);
    assertThat(granted()).containsExactly(at(1));
    world.end(only(), RunState.SUCCEEDED);
    assertThat(world.facts().getLast()).isInstanceOf(Fact.Ended.class);
    assertThat(world.timetable.nextWake()).isEmpty();
  }

  @Test
  void a_job_that_comes_back_fires_nothing_twice() {
    AssignedJob job = Jobs.secondly(1).job();
    world.take(job).until(at(3)).endAll();
    AssignedJob again = Jobs.secondly(1).span(2, T0).job();
    world.take().take(again).until(at(3));
    assertThat(granted()).containsExactly(at(1));
    AssignedJob third = Jobs.secondly(1).span(3, T0).job();
    world.take().restart(Duration.ZERO).take(third).until(at(3));
    assertThat(granted()).containsExactly(at(1));
  }

  @Test
  void of_what_was_due_before_the_assignment_only_what_is_still_punctual_is_started() {
    AssignedJob job = Jobs.every(1, 1, 10).job();
    world.now = at(64);
    world.take(new AssignedJob(job.jobid(), 1, T0, at(63), 1, job.definition(), null));
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason, Fact.Gap::count)
        .containsExactly(tuple(GapReason.NO_AGENT, 5L));
    assertThat(granted()).containsExactly(at(60));
  }

  @Test
  void a_start_by_hand_while_it_runs_starts_nothing_and_names_the_run_that_goes() {
    world.take(Jobs.every(1, 4, 1).job());
    start("a");
    assertThat(world.alive).containsOnlyKeys("a");
    assertThat(world.timetable.start(Jobs.id(1), "b", world.now)).isEqualTo(new Reply.Going("a"));
    start("a");
    assertThat(world.alive).containsOnlyKeys("a");
    assertThat(world.timetable.start("f".repeat(24), "c", world.now))
        .isEqualTo(new Reply.UnknownJob());
  }

  @Test
  void a_stop_reaches_what_runs_and_what_waits() {
    world.take(Jobs.secondly(1).overlap(Overlap.QUEUE).job()).until(at(3));
    stop();
    assertThat(world.stops).hasSize(1);
    assertThat(world.facts(Fact.Ended.class))
        .extracting(Fact.Ended::state)
        .containsExactly(RunState.CANCELLED, RunState.CANCELLED);
    stop();
    assertThat(world.stops).hasSize(1);
  }

  @Test
  void a_stop_of_what_does_not_run_reports_its_state_afresh() {
    world.take(Jobs.every(1, 4, 1).job());
    stop();
    assertThat(world.facts().getLast()).isEqualTo(new Fact.Fault(Jobs.id(1), 1, ""));
  }

  @Test
  void a_package_that_fails_is_said_once_and_leaves_gaps() {
    world.autoPrepare = false;
    AssignedJob job = withPackage(Jobs.secondly(1).job());
    world.take(job).until(at(2));
    assertThat(granted()).isEmpty();
    world.prepared("its checksum is wrong").until(at(4));
    assertThat(world.facts(Fact.Fault.class))
        .extracting(Fact.Fault::reason)
        .containsExactly("its checksum is wrong");
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .containsOnly(GapReason.PACKAGE_UNAVAILABLE);
    assertThat(world.facts(Fact.Gap.class).stream().mapToLong(Fact.Gap::count).sum()).isEqualTo(4);
    world.obey(world.timetable.prepared(job, "", world.now));
    world.until(at(5));
    assertThat(granted()).containsExactly(at(5));
    assertThat(world.facts(Fact.Fault.class)).extracting(Fact.Fault::reason).endsWith("");
  }

  @Test
  void a_package_that_arrives_in_time_delays_nothing_else() {
    world.autoPrepare = false;
    world.take(withPackage(Jobs.every(1, 1, 2).job()), Jobs.every(2, 1, 2).job());
    world.obey(world.timetable.prepared(Jobs.every(2, 1, 2).job(), "", world.now));
    world.until(at(3));
    assertThat(granted()).containsExactly(at(2));
    world.prepared("");
    assertThat(granted()).containsExactly(at(2), at(2));
  }

  @Test
  void the_old_version_goes_on_while_the_package_of_the_new_one_is_fetched() {
    world.take(Jobs.every(1, 1, 2).overlap(Overlap.PARALLEL).job()).until(at(2));
    world.autoPrepare = false;
    world.take(withPackage(Jobs.every(1, 1, 2).overlap(Overlap.PARALLEL).version(2).job()));
    world.until(at(4));
    assertThat(world.timetable.revision()).isEqualTo(1);
    world.prepared("");
    assertThat(world.timetable.revision()).isEqualTo(2);
    world.until(at(6));
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::version)
        .containsExactly(1L, 1L, 2L);
  }

  @Test
  void a_definition_that_makes_no_sense_is_a_fault_and_never_due() {
    world.take(Jobs.secondly(1).schedules(Jobs.schedule(6, 0)).job()).pass(Duration.ofDays(2));
    assertThat(world.facts(Fact.Fault.class)).hasSize(1);
    assertThat(world.facts(Fact.Fault.class).getFirst().reason()).contains("schedule");
    assertThat(world.timetable.nextWake()).isEmpty();
  }

  @Test
  void what_can_not_be_journalled_is_not_started() {
    world.take(Jobs.secondly(1).job());
    world.journalFails = true;
    world.until(at(3));
    assertThat(world.alive).isEmpty();
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason)
        .containsOnly(GapReason.NOT_JOURNALLED);
    world.journalFails = false;
    world.until(at(4));
    assertThat(granted()).containsExactly(at(4));
  }

  @Test
  void a_queued_run_keeps_its_place_while_the_journal_fails() {
    world.take(Jobs.every(1, 1, 10).overlap(Overlap.QUEUE).job()).until(at(20));
    world.journalFails = true;
    world.endAll();
    assertThat(world.alive).isEmpty();
    world.journalFails = false;
    world.until(at(22));
    assertThat(world.alive.values())
        .extracting(run -> run.granted().fireat())
        .containsExactly(at(20));
  }

  @Test
  void a_queued_run_survives_a_restart_and_starts_once() {
    world.take(Jobs.every(1, 1, 10).overlap(Overlap.QUEUE).job()).until(at(20));
    world.restart(Duration.ofSeconds(1));
    world.end(only(), RunState.SUCCEEDED).wake();
    assertThat(world.alive.values())
        .extracting(run -> run.granted().fireat())
        .containsExactly(at(20));
    world.restart(Duration.ofSeconds(1)).wake();
    assertThat(world.alive).hasSize(1);
  }

  @Test
  void after_a_damaged_journal_nothing_before_now_is_run() {
    world.take(Jobs.every(1, 2, 1).missed(Missed.ALL).job()).until(at(30));
    world.now = at(600);
    world.journal.add(List.of(new Entry.Floor(world.now)));
    world.restart(Duration.ofSeconds(60)).wake();
    assertThat(world.facts(Fact.Gap.class))
        .extracting(Fact.Gap::reason, Fact.Gap::count)
        .containsExactly(tuple(GapReason.JOURNAL_DAMAGED, 10L));
    assertThat(granted()).containsExactly(at(660));
  }

  @Test
  void another_zone_of_the_host_is_a_change_of_the_job() {
    world.take(Jobs.every(1, 4, 1).job());
    JournalState state = world.state();
    world.timetable = new Timetable(state, ZoneOffset.ofHours(2), world.now);
    world.obey(world.timetable.recover());
    world.wake().take(Jobs.every(1, 4, 1).job());
    assertThat(world.facts(Fact.Took.class))
        .extracting(Fact.Took::zone)
        .containsExactly("Z", "+02:00");
  }

  private void start(String runId) {
    accept(world.timetable.start(Jobs.id(1), runId, world.now));
  }

  private void stop() {
    accept(world.timetable.stop(Jobs.id(1), null, world.now));
  }

  private void accept(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Accepted.class);
    world.obey(((Reply.Accepted) reply).effects());
  }

  private String only() {
    assertThat(world.alive).hasSize(1);
    return world.alive.values().stream().map(OpenRun::runid).findFirst().orElseThrow();
  }

  private List<Instant> granted() {
    return world.facts(Fact.Granted.class).stream().map(Fact.Granted::fireat).toList();
  }

  private static AssignedJob withPackage(AssignedJob job) {
    return new AssignedJob(
        job.jobid(),
        job.span(),
        job.from(),
        job.assignedat(),
        job.version(),
        job.definition(),
        new PackageRef("p.tar.gz", "00", 1));
  }

  private static Instant at(long second) {
    return T0.plusSeconds(second);
  }
}
