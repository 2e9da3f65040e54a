package io.cloudtask.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DeploymentTest {
  private static final Deployment LARGE = new Deployment(10_000, 3, 5_000_000, 8000);

  @Test
  void each_agent_pulses_every_eight_seconds_and_renews_its_lease_every_eighth_of_a_session() {
    assertThat(LARGE.coordinatorWrites()).isEqualTo(10_000 / 8.0 + 10_000 / 1.0, within(1e-9));
    assertThat(LARGE.coordinatorReads()).isEqualTo(3 * 1250.0, within(1e-9));
    assertThat(LARGE.asks()).isEqualTo(10_000 / 15.0, within(1e-9));
  }

  @Test
  void what_is_read_when_one_comes_grows_with_the_square_of_the_agents() {
    Deployment tenth = new Deployment(1000, 3, 500_000, 800);
    assertThat(LARGE.namesBytes() / tenth.namesBytes()).isEqualTo(10, within(0.02));
    assertThat(LARGE.joinBytes() / tenth.joinBytes()).isEqualTo(100, within(0.5));
  }

  @Test
  void an_agent_that_has_much_to_tell_tells_it_in_fewer_batches() {
    assertThat(LARGE.batches(0.02)).isEqualTo(16_000);
    assertThat(new Deployment(10, 1, 5000, 8000).batches(0.02)).isEqualTo(500);
  }
}
