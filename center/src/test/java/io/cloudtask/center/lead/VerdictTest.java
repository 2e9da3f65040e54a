package io.cloudtask.center.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.wire.Node;
import io.cloudtask.store.AgentRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final Instant T = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(8);
  private static final Verdict FENCE = new Verdict.Fence();
  private static final Verdict LEAVE = new Verdict.Leave();

  private static AgentRow agent(
      int leaseuntil, int seen, @Nullable Instant fenced, boolean retired) {
    return new AgentRow(
        "k",
        "prod",
        Site.node(Node.AGENT, "alpha", T),
        "one",
        9,
        3,
        3,
        false,
        T.plusSeconds(seen),
        255,
        new AgentRow.Standing(false, retired, fenced, T.plusSeconds(leaseuntil), 0, true));
  }

  private static AgentRow agent(int leaseuntil, int seen) {
    return agent(leaseuntil, seen, null, false);
  }

  private static Verdict of(AgentRow agent, @Nullable Departure departure, int now) {
    return Verdict.of(agent, departure, LEASE, T.plusSeconds(now));
  }

  private static Departure lost(int since) {
    return new Departure(T.plusSeconds(since), Departure.How.LOST);
  }

  @Test
  void one_that_is_there_is_left_alone() {
    assertThat(of(agent(-100, -100), null, 0)).isEqualTo(LEAVE);
  }

  @Test
  void one_that_was_lost_is_fenced_as_soon_as_its_lease_is_over() {
    assertThat(of(agent(8, 0), lost(10), 10)).isEqualTo(FENCE);
    assertThat(of(agent(12, 4), lost(10), 10))
        .isEqualTo(new Verdict.Wait(T.plusSeconds(12).plusMillis(1)));
    assertThat(of(agent(12, 4), lost(10), 12)).isInstanceOf(Verdict.Wait.class);
    assertThat(of(agent(12, 4), lost(10), 13)).isEqualTo(FENCE);
  }

  @Test
  void one_that_has_just_asked_for_admission_gets_a_moment() {
    assertThat(of(agent(0, 9), lost(10), 10)).isEqualTo(new Verdict.Wait(T.plusSeconds(12)));
    assertThat(of(agent(0, 9), lost(10), 12)).isEqualTo(FENCE);
  }

  @Test
  void one_that_signed_out_has_the_time_of_a_lease_to_start_again() {
    Departure departure = new Departure(T, Departure.How.SIGNED_OUT);
    assertThat(of(agent(0, 0), departure, 5)).isEqualTo(new Verdict.Wait(T.plusSeconds(8)));
    assertThat(of(agent(0, 0), departure, 8)).isEqualTo(FENCE);
  }

  @Test
  void one_that_was_not_there_at_the_beginning_has_as_long() {
    Departure departure = new Departure(T, Departure.How.NEVER_SEEN);
    assertThat(of(agent(-500, -500), departure, 7)).isEqualTo(new Verdict.Wait(T.plusSeconds(8)));
    assertThat(of(agent(-500, -500), departure, 8)).isEqualTo(FENCE);
  }

  @Test
  void one_that_was_taken_for_dead_is_so_once() {
    assertThat(of(agent(0, 0, T, false), lost(10), 100)).isEqualTo(LEAVE);
    assertThat(of(agent(0, 0, null, true), lost(10), 100)).isEqualTo(LEAVE);
  }
}
