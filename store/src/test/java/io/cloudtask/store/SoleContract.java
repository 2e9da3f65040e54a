package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.JobSet;
import io.cloudtask.store.Agents.Fencing;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class SoleContract extends StoreContract {
  @BeforeEach
  void scene() {
    aJobThatAnAgentHolds();
    hello(OTHER_AGENT, "beta", "first", 0);
  }

  private boolean toldSole() {
    return handOutAndTake(AGENT).jobs().getFirst().sole();
  }

  private void pin(long version, String... servers) {
    jobs().change(JOB, version, withServers(definition("hello"), servers), "ann", NOW);
  }

  private Fencing fencing() {
    clock.set(clock.instant().plus(LEASE).plusMillis(9));
    return agents().fence(AGENT, leaseOf(AGENT), ALLOWANCE, 0);
  }

  private static Fencing nothing(Fencing fencing) {
    return new Fencing.Fenced(((Fencing.Fenced) fencing).until(), Set.of());
  }

  @Test
  void a_job_that_lists_one_host_is_sole_there() {
    assertThat(toldSole()).isFalse();
    pin(1, "ALPHA");
    assertThat(toldSole()).isTrue();
    pin(2, "10.0.0.5");
    assertThat(toldSole()).isTrue();
    pin(3, "alpha", "beta");
    assertThat(toldSole()).isFalse();
    pin(4, "beta");
    assertThat(toldSole()).as("it is to go elsewhere").isFalse();
  }

  @Test
  void a_job_in_a_runtime_that_lists_one_host_is_sole_there() {
    handOutAndTake(AGENT);
    runtimes().change("local", "", List.of("alpha"), Duration.ZERO);
    assertThat(toldSole()).isTrue();
  }

  @Test
  void in_a_house_of_one_agent_every_job_is_sole() {
    Assignments.Asking asking =
        new Assignments.Asking(null, OptionalLong.of(2), LEASE, HandOut.Sole.EVERY);
    JobSet set = ((HandOut.Current) assignments().handOut(AGENT, asking)).set();

    assertThat(set.jobs().getFirst().sole()).isTrue();
    assertThat(set.revision()).as("it differs from what was told before").isEqualTo(3);
    assertThat(assignments().handOut(AGENT, asking(OptionalLong.of(3))))
        .as("no longer")
        .isInstanceOf(HandOut.Current.class);
  }

  @Test
  void a_sole_job_is_not_taken_from_a_dead_agent() {
    pin(1, "alpha");
    handOutAndTake(AGENT);

    Fencing fencing = fencing();
    assertThat(fencing).isEqualTo(nothing(fencing));
    assertThat(job().agentkey()).isEqualTo(AGENT);
    assertThat(ledger().unsettledBefore(at(1000), 10)).isEmpty();
    assertThat(agents().retire(AGENT, leaseOf(AGENT), ALLOWANCE, 0))
        .as("but on the word of an operator")
        .extracting("jobs")
        .isEqualTo(Set.of(JOB));
  }

  @Test
  void a_job_that_became_sole_is_not_taken_although_its_agent_does_not_know() {
    handOutAndTake(AGENT);
    pin(1, "alpha");

    Fencing fencing = fencing();
    assertThat(fencing).isEqualTo(nothing(fencing));
  }

  @Test
  void a_job_is_sole_until_its_agent_has_acknowledged_that_it_is_not() {
    pin(1, "alpha");
    handOutAndTake(AGENT);
    pin(2);
    handOut(AGENT);
    Fencing fencing = fencing();
    assertThat(fencing).as("the answer may be lost").isEqualTo(nothing(fencing));

    handOutAndTake(AGENT);
    assertThat(fencing()).extracting("jobs").isEqualTo(Set.of(JOB));
  }

  @Test
  void a_job_is_sole_until_its_agent_has_asked_for_its_set_again() {
    pin(1, "alpha");
    handOutAndTake(AGENT);
    pin(2);

    Fencing fencing = fencing();
    assertThat(fencing).isEqualTo(nothing(fencing));
  }
}
