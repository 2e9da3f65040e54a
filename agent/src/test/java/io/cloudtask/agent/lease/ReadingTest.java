package io.cloudtask.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.LeaseAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReadingTest {
  private static Reading reading(long skew, boolean fit, long took) {
    return Reading.of(new LeaseAnswer(8_000, skew, fit), Duration.ofMillis(took));
  }

  @Test
  void a_clock_that_is_off_by_more_than_the_way_explains_is_wrong() {
    assertThat(reading(-1_500, false, 20)).isEqualTo(Reading.WRONG);
    assertThat(reading(-300_000, false, 4_000)).isEqualTo(Reading.WRONG);
  }

  @Test
  void a_request_that_came_late_does_not_make_the_clock_late() {
    assertThat(reading(-1_500, false, 1_600)).isEqualTo(Reading.UNSURE);
  }

  @Test
  void no_way_makes_a_clock_look_early() {
    assertThat(reading(1_500, false, 5_000)).isEqualTo(Reading.WRONG);
  }

  @Test
  void what_the_store_finds_right_is_right() {
    assertThat(reading(-900, true, 900)).isEqualTo(Reading.RIGHT);
    assertThat(reading(0, true, 5)).isEqualTo(Reading.RIGHT);
  }
}
