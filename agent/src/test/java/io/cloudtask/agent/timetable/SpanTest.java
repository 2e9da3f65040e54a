package io.cloudtask.agent.timetable;

import static io.cloudtask.agent.Jobs.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudtask.agent.Jobs;
import io.cloudtask.agent.journal.Entry;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** How spans are given back and taken away, and what the next holder makes up for. */
class SpanTest {
  private final World world = new World(T0);

  @Test
  void a_fenced_span_is_settled_up_to_the_fence_and_nothing_more_of_it_is_started() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(12)).endAll();
    world.cutOff().until(at(45));
    world.take(List.of(new ClosedSpan(Jobs.id(1), 1, at(33)))).reconnect().until(at(60));
    assertThat(granted()).containsExactly(at(10));
    assertThat(gaps()).containsExactly(tuple(at(20), at(30), GapReason.LEASE_LOST));
    assertThat(world.facts(Fact.Dropped.class))
        .containsExactly(new Fact.Dropped(Jobs.id(1), 1, at(33)));
    assertThat(world.timetable.revision()).isEqualTo(2);
  }

  @Test
  void a_fence_that_lies_ahead_is_settled_at_once() {
    world.take(Jobs.secondly(1).job()).until(at(1)).endAll();
    world.cutOff().take(List.of(new ClosedSpan(Jobs.id(1), 1, at(4)))).reconnect().until(at(9));
    assertThat(granted()).containsExactly(at(1));
    assertThat(gaps()).containsExactly(tuple(at(2), at(4), GapReason.LEASE_LOST));
  }

  @Test
  void a_job_that_comes_back_under_a_later_span_in_the_same_set_begins_where_that_does() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(12)).endAll();
    world.cutOff().until(at(55));
    world.take(
        List.of(new ClosedSpan(Jobs.id(1), 1, at(33))), Jobs.every(1, 1, 10).span(3, at(47)).job());
    world.until(at(56)).reconnect().until(at(60));
    assertThat(granted()).containsExactly(at(10), at(60));
    assertThat(gaps())
        .containsExactly(
            tuple(at(20), at(30), GapReason.LEASE_LOST),
            tuple(at(50), at(50), GapReason.LEASE_LOST));
    assertThat(world.facts(Fact.Took.class)).extracting(Fact.Took::span).containsExactly(1L, 3L);
  }

  @Test
  void a_span_that_was_taken_away_before_it_was_heard_of_is_given_back_once() {
    List<ClosedSpan> closed = List.of(new ClosedSpan(Jobs.id(1), 1, at(33)));
    world.take(closed).take(closed, Jobs.every(1, 1, 10).span(2, at(33)).job());
    world.take(closed, Jobs.every(1, 1, 10).span(2, at(33)).job()).until(at(45));
    assertThat(world.facts(Fact.Dropped.class))
        .containsExactly(new Fact.Dropped(Jobs.id(1), 1, Instant.EPOCH));
    assertThat(granted()).containsExactly(at(40));
  }

  @Test
  void a_span_that_was_never_heard_of_keeps_nothing_from_being_run_again() {
    world.now = at(35);
    world.take(List.of(new ClosedSpan(Jobs.id(1), 1, at(33))));
    world.take(lost(Guarantee.ATLEASTONCE, at(33)));
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat)
        .containsExactly(at(10), at(20), at(30));
  }

  @Test
  void a_span_that_was_given_back_is_never_taken_up_again() {
    AssignedJob job = Jobs.secondly(1).job();
    world.take(job).until(at(1)).endAll().until(at(2)).endAll().take().take(job).until(at(9));
    assertThat(granted()).containsExactly(at(1), at(2));
    assertThat(world.timetable.jobs()).isEmpty();
    assertThat(world.timetable.revision()).isEqualTo(3);
    world.restart(Duration.ZERO).take(job).until(at(12));
    assertThat(granted()).containsExactly(at(1), at(2));
    world.take(Jobs.secondly(1).span(2, at(12)).job()).until(at(13));
    assertThat(granted()).containsExactly(at(1), at(2), at(13));
  }

  @Test
  void a_span_that_an_older_agent_gave_back_may_come_again() {
    world.journal.add(List.of(new Entry.Left(Jobs.id(1), at(2), 0)));
    world.restart(Duration.ofSeconds(2)).take(Jobs.secondly(1).job()).until(at(3));
    assertThat(granted()).containsExactly(at(3));
  }

  @Test
  void a_recalled_job_is_given_back_at_the_first_moment_without_a_run() {
    world.take(Jobs.every(1, 1, 10).overlap(Overlap.QUEUE).job()).until(at(20));
    world.take(recalled(Jobs.every(1, 1, 10).overlap(Overlap.QUEUE))).until(at(30));
    assertThat(world.facts(Fact.Dropped.class)).isEmpty();
    world.end(first(), RunState.SUCCEEDED).end(first(), RunState.SUCCEEDED);
    assertThat(world.facts(Fact.Dropped.class)).isEmpty();
    world.until(at(34)).end(first(), RunState.SUCCEEDED);
    assertThat(world.facts(Fact.Dropped.class))
        .containsExactly(new Fact.Dropped(Jobs.id(1), 1, at(34)));
    world.take(recalled(Jobs.every(1, 1, 10))).until(at(90));
    assertThat(granted()).containsExactly(at(10), at(20), at(30));
  }

  @Test
  void a_recall_can_be_withdrawn_as_long_as_a_run_goes_on() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(10));
    world.take(recalled(Jobs.every(1, 1, 10))).take(Jobs.every(1, 1, 10).job()).endAll();
    world.until(at(20));
    assertThat(world.facts(Fact.Dropped.class)).isEmpty();
    assertThat(granted()).containsExactly(at(10), at(20));
  }

  @Test
  void a_job_is_given_back_without_a_lease_as_far_as_it_is_settled() {
    world.take(Jobs.every(1, 1, 10).job()).until(at(15)).endAll();
    world.cutOff().until(at(35)).take(recalled(Jobs.every(1, 1, 10)));
    assertThat(world.facts(Fact.Dropped.class))
        .containsExactly(new Fact.Dropped(Jobs.id(1), 1, at(10)));
    assertThat(world.facts(Fact.Gap.class)).isEmpty();
  }

  @Test
  void at_least_once_runs_again_what_may_have_been_lost() {
    world.now = at(35);
    world.take(lost(Guarantee.ATLEASTONCE, at(33)));
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat, Fact.Granted::attempt)
        .containsExactly(tuple(at(10), 2), tuple(at(20), 2), tuple(at(30), 2));
    assertThat(world.alive).hasSize(1);
    world.endAll().until(at(40)).endAll().restart(Duration.ofSeconds(1)).wake();
    assertThat(granted()).containsExactly(at(10), at(20), at(30), at(40));
    assertThat(world.facts(Fact.Gap.class)).isEmpty();
  }

  @Test
  void what_is_not_due_yet_is_not_run_again() {
    world.now = at(19);
    world.take(lost(Guarantee.ATLEASTONCE, at(20)));
    assertThat(granted()).isEmpty();
    world.until(at(20));
    assertThat(granted()).containsExactly(at(10), at(20));
  }

  @Test
  void what_may_have_been_lost_is_run_again_although_the_journal_failed_at_first() {
    world.now = at(35);
    world.journalFails = true;
    world.take(lost(Guarantee.ATLEASTONCE, at(33)));
    assertThat(world.alive).isEmpty();
    world.journalFails = false;
    world.until(at(37));
    assertThat(granted()).containsExactly(at(10), at(20), at(30));
    assertThat(world.facts(Fact.Gap.class)).isEmpty();
  }

  @Test
  void leased_runs_nothing_again_and_claimed_only_what_nobody_has_claimed() {
    world.now = at(35);
    world.claimedElsewhere.add(new ClaimOrder(Jobs.id(1), at(20)));
    world.take(lost(Guarantee.CLAIMED, at(33)));
    assertThat(world.facts(Fact.Granted.class))
        .extracting(Fact.Granted::fireat, Fact.Granted::attempt)
        .containsExactly(tuple(at(10), 1), tuple(at(30), 1));
    world.take(Jobs.every(2, 1, 10).span(2, at(33)).redo(T0).job()).endAll();
    assertThat(world.facts(Fact.Granted.class)).hasSize(2);
    assertThat(world.facts(Fact.Gap.class)).isEmpty();
  }

  @Test
  void claims_for_what_may_have_been_lost_are_asked_again_until_they_are_answered() {
    world.now = at(35);
    world.autoClaim = false;
    world.take(lost(Guarantee.CLAIMED, at(33)));
    world.claiming.clear();
    world.until(at(39));
    assertThat(world.claiming).isEmpty();
    world.until(at(41));
    assertThat(world.claiming).extracting(ClaimOrder::fireat).contains(at(10), at(20), at(30));
    world.answerClaims();
    assertThat(granted()).startsWith(at(10), at(20), at(30));
  }

  private static AssignedJob lost(Guarantee guarantee, Instant fence) {
    return Jobs.every(1, 1, 10)
        .guarantee(guarantee)
        .overlap(Overlap.QUEUE)
        .span(2, fence)
        .redo(T0)
        .job();
  }

  private static AssignedJob recalled(Jobs job) {
    return job.recalled(true).job();
  }

  private String first() {
    return world.alive.keySet().iterator().next();
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
