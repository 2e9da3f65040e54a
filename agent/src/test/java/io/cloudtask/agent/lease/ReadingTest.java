package io.cloudtask.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.exchange.LeaseAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReadingTest {
  private static final long TOLERANCE = 1_000;

  private static Reading reading(long skew, long took) {
    boolean fit = Math.abs(skew) <= TOLERANCE;
    return Reading.of(new LeaseAnswer(8_000, skew, fit, TOLERANCE), Duration.ofMillis(took));
  }

  @Test
  void a_clock_that_is_off_by_more_than_the_way_explains_is_wrong() {
    assertThat(reading(-1_500, 20)).isEqualTo(Reading.WRONG);
    assertThat(reading(-300_000, 4_000)).isEqualTo(Reading.WRONG);
  }

  @Test
  void a_request_that_came_late_does_not_make_the_clock_late() {
    assertThat(reading(-1_500, 1_600)).isEqualTo(Reading.UNSURE);
  }

  @Test
  void a_request_that_came_late_does_not_hide_that_the_clock_is_early() {
    assertThat(reading(900, 99)).isEqualTo(Reading.RIGHT);
    assertThat(reading(900, 101)).isEqualTo(Reading.UNSURE);
    assertThat(reading(-900, 2_000)).isEqualTo(Reading.UNSURE);
  }

  @Test
  void no_way_makes_a_clock_look_early() {
    assertThat(reading(1_500, 5_000)).isEqualTo(Reading.WRONG);
  }

  @Test
  void what_is_within_the_tolerance_whatever_the_way_took_is_right() {
    assertThat(reading(-900, 900)).isEqualTo(Reading.RIGHT);
    assertThat(reading(0, 5)).isEqualTo(Reading.RIGHT);
  }

  @Test
  void a_center_that_names_no_tolerance_judges_by_itself() {
    assertThat(Reading.of(new LeaseAnswer(8_000, 900, true, 0), Duration.ofSeconds(3)))
        .isEqualTo(Reading.RIGHT);
    assertThat(Reading.of(new LeaseAnswer(8_000, -1_500, false, 0), Duration.ZERO))
        .isEqualTo(Reading.WRONG);
  }
}
