package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.LeaseAnswer;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.store.Agents.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

abstract class LeaseContract extends StoreContract {
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private Lease lease(String incarnation, long ahead) {
    LeaseRequest request =
        new LeaseRequest(incarnation, clock.instant().toEpochMilli() + ahead, 0.75);
    return agents().lease(AGENT, request, LEASE, TOLERANCE);
  }

  private AgentRow.Standing standing() {
    return agents().find(AGENT).orElseThrow().standing();
  }

  @Test
  void a_lease_lasts_by_the_clock_of_the_database() {
    hello(AGENT, "alpha", "first", 0);
    clock.set(at(60));

    assertThat(lease("first", 250))
        .isEqualTo(new Lease.Granted(new LeaseAnswer(LEASE.toMillis(), 250, true, 1000)));
    assertThat(standing().leaseuntil()).isEqualTo(at(70));
    assertThat(agents().find(AGENT).orElseThrow().seen()).isEqualTo(at(60));
    assertThat(store.<Object>read(Tx::now)).isEqualTo(at(60));
  }

  @Test
  void the_load_of_a_host_is_shown_as_it_was_said_last() {
    hello(AGENT, "alpha", "first", 0);
    assertThat(agents().view(AGENT).orElseThrow().load()).isNull();

    lease("first", 0);
    assertThat(agents().view(AGENT).orElseThrow().load()).isEqualTo(0.75);
    agents().lease(AGENT, new LeaseRequest("first", 0, null), LEASE, TOLERANCE);
    assertThat(agents().view(AGENT).orElseThrow().load()).isNull();
  }

  @Test
  void a_lease_never_becomes_shorter() {
    hello(AGENT, "alpha", "first", 0);
    lease("first", 0);
    clock.set(at(-5));
    lease("first", 0);

    assertThat(standing().leaseuntil()).isEqualTo(at(10).plusMillis(1));
  }

  @Test
  void only_the_process_that_said_hello_last_gets_one() {
    assertThat(lease("first", 0)).isEqualTo(new Lease.UnknownAgent());
    hello(AGENT, "alpha", "first", 0);
    hello(AGENT, "alpha", "second", 0);

    assertThat(lease("first", 0)).isEqualTo(new Lease.OtherIncarnation("second"));
    assertThat(lease("second", 0)).isInstanceOf(Lease.Granted.class);
  }

  @Test
  void a_clock_that_is_wrong_is_noted() {
    hello(AGENT, "alpha", "first", 0);

    assertThat(lease("first", -1001))
        .isEqualTo(new Lease.Granted(new LeaseAnswer(LEASE.toMillis(), -1001, false, 1000)));
    assertThat(standing().fit()).isFalse();
    assertThat(standing().skew()).isEqualTo(-1001);
    assertThat(agents().view(AGENT).orElseThrow().fit()).isFalse();
    long ahead = clock.instant().toEpochMilli() + 1000;
    assertThat(agents().clock(AGENT, ahead, TOLERANCE)).isEqualTo(new Agents.Skew(1000, true));
    assertThat(agents().view(AGENT).orElseThrow().skew()).isEqualTo(1000);
  }

  @Test
  void an_agent_with_a_lease_is_not_fenced() {
    aJobThatAnAgentHolds();
    lease("first", 0);

    assertThat(agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .isEqualTo(new Agents.Fencing.StillLeased(at(10)));
    clock.set(at(10));
    assertThat(agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .isInstanceOf(Agents.Fencing.StillLeased.class);
    assertThat(assignments().open(JOB)).isPresent();
  }

  @Test
  void an_agent_that_has_just_got_its_set_is_not_fenced() {
    aJobThatAnAgentHolds();
    clock.set(at(60));
    handOut(AGENT);

    assertThat(agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .isEqualTo(new Agents.Fencing.StillLeased(at(70)));
  }

  @Test
  void a_fenced_agent_gets_a_lease_only_when_it_has_acknowledged_the_set_that_says_so() {
    aJobThatAnAgentHolds();
    fence(AGENT);
    assertThat(lease("first", 0)).isEqualTo(new Lease.Fenced());

    handOut(AGENT);
    assertThat(standing().fenced()).isNull();
    assertThat(lease("first", 0))
        .as("the set may be lost on its way")
        .isEqualTo(new Lease.Fenced());
    assignments().handOut(AGENT, asking(OptionalLong.of(2)));
    assertThat(lease("first", 0)).as("that is an older set").isEqualTo(new Lease.Fenced());
    assignments().handOut(AGENT, asking(OptionalLong.of(3)));
    assertThat(lease("first", 0)).isInstanceOf(Lease.Granted.class);
  }

  @Test
  void a_process_that_was_replaced_gets_no_set() {
    aJobThatAnAgentHolds();
    hello(AGENT, "alpha", "second", 0);
    Assignments.Asking asking =
        new Assignments.Asking("first", OptionalLong.empty(), LEASE, HandOut.Sole.BY_DEFINITION);

    assertThat(assignments().handOut(AGENT, asking))
        .isEqualTo(new HandOut.OtherIncarnation("second"));
    assertThat(standing().leaseuntil()).isBefore(NOW);
    assertThat(handOut(OTHER_AGENT)).isEqualTo(new HandOut.UnknownAgent());
  }

  @Test
  void an_agent_is_draining_until_that_is_over() {
    hello(AGENT, "alpha", "first", 0);
    agents().draining(AGENT, true);
    assertThat(standing().draining()).isTrue();
    assertThat(agents().views(Scope.EVERYTHING, null))
        .extracting("draining")
        .isEqualTo(List.of(true));
    agents().draining(AGENT, false);
    assertThat(standing().draining()).isFalse();
  }

  @Test
  void runs_that_are_going_are_counted_per_agent() {
    aJobThatAnAgentHolds();
    assertThat(agents().running()).isEmpty();
    report(Facts.granted(at(1)), Facts.granted(at(2)), Facts.queued(at(3)));
    assertThat(agents().running()).containsOnly(Map.entry(AGENT, 2L));
  }

  @Test
  void who_was_given_its_set_or_a_lease_meanwhile_is_not_fenced_however_long_ago_that_was() {
    aJobThatAnAgentHolds();
    Instant read = leaseOf(AGENT);
    handOut(AGENT);
    clock.set(at(1000));
    assertThat(agents().fence(AGENT, read, ALLOWANCE, 0))
        .isInstanceOf(Agents.Fencing.StillLeased.class);

    Instant later = leaseOf(AGENT);
    lease("first", 0);
    clock.set(at(2000));
    assertThat(agents().fence(AGENT, later, ALLOWANCE, 0))
        .isInstanceOf(Agents.Fencing.StillLeased.class);
    assertThat(agents().retire(AGENT, later, ALLOWANCE, 0))
        .isInstanceOf(Agents.Fencing.StillLeased.class);
    assertThat(agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .isInstanceOf(Agents.Fencing.Fenced.class);
  }

  @Test
  void what_a_vain_fence_has_published_is_known_so_that_the_next_change_is_heard_of() {
    aJobThatAnAgentHolds();
    Instant read = leaseOf(AGENT);
    handOut(AGENT);
    long published = agents().find(AGENT).orElseThrow().revision() + 5;

    assertThat(agents().fence(AGENT, read, ALLOWANCE, published))
        .isInstanceOf(Agents.Fencing.StillLeased.class);
    assertThat(agents().find(AGENT).orElseThrow().revision()).isEqualTo(published);
    assertThat(agents().retire(AGENT, leaseOf(AGENT), ALLOWANCE, published + 1))
        .isInstanceOf(Agents.Fencing.Fenced.class);
    assertThat(agents().find(AGENT).orElseThrow().revision()).isGreaterThan(published + 1);
  }

  @Test
  void a_lease_grows_also_while_the_clock_of_the_database_goes_back() {
    aJobThatAnAgentHolds();
    clock.set(at(100));
    handOut(AGENT);
    Instant first = leaseOf(AGENT);
    clock.set(at(50));
    handOut(AGENT);
    assertThat(leaseOf(AGENT)).isAfter(first);
  }
}
