package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.ClosedSpan;
import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.run.GapReason;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.Agents.Fencing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class FenceContract extends StoreContract {
  private static final Instant FENCE = at(11).plusMillis(9);

  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
    handOutAndTake(AGENT);
    hello(OTHER_AGENT, "beta", "first", 0);
  }

  @Test
  void the_jobs_of_a_dead_agent_are_nobodys_from_the_fence_on() {
    clock.set(at(10).plusMillis(9));
    assertThat(agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .isEqualTo(new Fencing.Fenced(FENCE, Set.of(JOB)));
    reopen();

    assertThat(assignments().history(JOB))
        .containsExactly(new AssignmentRow(JOB, 1, AGENT, 1, NOW, NOW, null, FENCE, true));
    assertThat(job().agentkey()).isNull();
    assertThat(job().fence()).isEqualTo(FENCE);
    AgentRow agent = agents().find(AGENT).orElseThrow();
    assertThat(agent.standing().fenced()).isEqualTo(at(10).plusMillis(9));
    assertThat(agent.revision()).isEqualTo(3);
    assertThat(agents().view(AGENT).orElseThrow().fenced()).isNotNull();
    assertThat(assignments().assign(JOB, OTHER_AGENT, at(12)).orElseThrow().from())
        .isEqualTo(FENCE);
  }

  @Test
  void the_table_of_the_runtime_has_a_new_version() {
    long version = assignments().alloc(Scope.EVERYTHING, "local", null).version();
    fence(AGENT);
    assertThat(assignments().alloc(Scope.EVERYTHING, "local", null).version())
        .isGreaterThan(version);
  }

  @Test
  void an_agent_is_fenced_once() {
    fence(AGENT);
    assertThat(agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .isEqualTo(new Fencing.AlreadyFenced());
    assertThat(agents().fence("nobody", leaseOf("nobody"), ALLOWANCE, 0))
        .isEqualTo(new Fencing.Unknown());
    assertThat(agents().find(AGENT).orElseThrow().revision()).isEqualTo(3);
  }

  @Test
  void a_fenced_agent_gets_nothing_before_it_has_asked_for_its_set() {
    fence(AGENT);
    assertThat(assignments().assign(JOB, AGENT, at(12))).isEmpty();

    handOut(AGENT);
    assertThat(assignments().assign(JOB, AGENT, at(13)).orElseThrow().span()).isEqualTo(2);
  }

  @Test
  void what_nobody_knows_of_is_what_lies_between_the_last_report_and_the_fence() {
    report(Facts.granted(at(3)));
    fence(AGENT);

    UnsettledRow row =
        new UnsettledRow(JOB, 1, AGENT, at(3), FENCE, at(10).plusMillis(9), GapReason.AGENT_LOST);
    assertThat(ledger().unsettled(JOB, at(4))).contains(row);
    assertThat(ledger().unsettled(JOB, FENCE)).contains(row);
    assertThat(ledger().unsettled(JOB, at(3))).isEmpty();
    assertThat(ledger().unsettled(JOB, FENCE.plusMillis(1))).isEmpty();
    assertThat(ledger().unsettled(OTHER_JOB, at(4))).isEmpty();
    assertThat(ledger().unsettledBefore(at(20), 10)).containsExactly(row);
    assertThat(ledger().unsettledBefore(at(10), 10)).isEmpty();
  }

  @Test
  void a_set_names_the_spans_that_were_ended_without_the_agent() {
    fence(AGENT);

    assertThat(handOut(AGENT))
        .isEqualTo(
            new HandOut.Current(new JobSet(3, List.of(), List.of(new ClosedSpan(JOB, 1, FENCE)))));
    assertThat(((HandOut.Current) handOut(OTHER_AGENT)).set().closed()).isEmpty();
  }

  @Test
  void a_fence_never_goes_back_when_the_allowance_becomes_shorter() {
    clock.set(at(11));
    agents().fence(AGENT, leaseOf(AGENT), Duration.ofHours(1), 0);
    assignments().assign(JOB, OTHER_AGENT, at(12));
    clock.set(at(60));
    agents().fence(OTHER_AGENT, leaseOf(OTHER_AGENT), ALLOWANCE, 0);

    Instant first = at(11 + 3600);
    assertThat(assignments().history(JOB)).extracting(AssignmentRow::until).containsOnly(first);
    assertThat(job().fence()).isEqualTo(first);
    assertThat(ledger().unsettledBefore(at(100), 10)).hasSize(1);
  }

  @Test
  void a_run_on_a_dead_agent_does_not_make_its_job_run() {
    report(Facts.granted(at(1)), Facts.started(at(1)));
    fence(AGENT);
    assignments().assign(JOB, OTHER_AGENT, at(12));
    reportOf(OTHER_AGENT, Facts.granted(at(13)), Facts.ended(at(13), RunState.SUCCEEDED, ""));

    assertThat(job().stat()).isEqualTo(JobView.IDLE);
  }

  @Test
  void a_retired_agent_loses_its_jobs_at_once_and_gets_none_before_it_says_hello() {
    assertThat(agents().retire(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .as("its lease does not matter")
        .isEqualTo(new Fencing.Fenced(at(1), Set.of(JOB)));
    assertThat(agents().find(AGENT).orElseThrow().standing().retired()).isTrue();
    handOut(AGENT);
    assertThat(assignments().assign(JOB, AGENT, at(2))).isEmpty();

    hello(AGENT, "alpha", "second", 0);
    handOut(AGENT);
    assertThat(assignments().assign(JOB, AGENT, at(3))).isPresent();
  }

  private Instant fencedAfter(Duration told, Duration changed) {
    runtimes().change("local", "", List.of(), told);
    handOutAndTake(AGENT);
    runtimes().change("local", "", List.of(), changed);
    clock.set(clock.instant().plus(LEASE).plusMillis(9));
    Duration allowance = ALLOWANCE.plus(changed);
    var fencing = agents().fence(AGENT, leaseOf(AGENT), allowance, 0);
    return ((Fencing.Fenced) fencing).until();
  }

  @Test
  void a_fence_allows_for_the_autonomy_that_the_agent_was_told() {
    Instant fence = fencedAfter(Duration.ofSeconds(30), Duration.ZERO);
    assertThat(fence).isEqualTo(clock.instant().plus(ALLOWANCE).plusSeconds(30));
  }

  @Test
  void a_fence_allows_for_the_autonomy_that_the_agent_may_be_told_any_moment() {
    Instant fence = fencedAfter(Duration.ZERO, Duration.ofSeconds(30));
    assertThat(fence).isEqualTo(clock.instant().plus(ALLOWANCE).plusSeconds(30));
  }

  @Test
  void an_agent_goes_by_a_shorter_autonomy_once_it_has_acknowledged_it() {
    runtimes().change("local", "", List.of(), Duration.ofSeconds(30));
    JobSet set = handOutAndTake(AGENT);
    assertThat(set.autonomy()).isEqualTo(30);
    runtimes().change("local", "", List.of(), Duration.ofSeconds(5));
    handOut(AGENT);
    clock.set(clock.instant().plus(LEASE).plusMillis(9));
    Instant unsure =
        ((Fencing.Fenced) agents().retire(AGENT, leaseOf(AGENT), ALLOWANCE, 0)).until();
    assertThat(unsure).as("the set may be lost").isEqualTo(clock.instant().plusSeconds(1 + 25));

    hello(AGENT, "alpha", "second", 0);
    assertThat(handOutAndTake(AGENT).autonomy()).isEqualTo(5);
    assertThat(fence(AGENT)).isEqualTo(clock.instant().plusSeconds(1));
  }
}
