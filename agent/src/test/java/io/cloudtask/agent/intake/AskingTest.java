package io.cloudtask.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AskingTest {
  private final Asking asking = new Asking(4, new Random(1));

  @Test
  void a_set_is_acknowledged_soon_and_then_asked_for_now_and_then() {
    assertThat(asking.held()).isEqualTo(4);
    assertThat(asking.taken(7)).isLessThan(Duration.ofSeconds(1));
    assertThat(asking.held()).isEqualTo(7);
    assertThat(asking.unchanged()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void a_center_that_is_away_is_asked_less_and_less_often() {
    Duration first = asking.failed();
    for (int i = 0; i < 10; i++) {
      asking.failed();
    }
    assertThat(first).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(asking.failed()).isBetween(Duration.ofMillis(7500), Duration.ofSeconds(15));
    asking.unchanged();
    assertThat(asking.failed()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }
}
