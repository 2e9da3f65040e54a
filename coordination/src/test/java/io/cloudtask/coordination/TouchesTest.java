package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a session timeout of 1,200: a lease of 600, a write due every 150. */
final class TouchesTest {
  private static final long TIMEOUT = 1_200;

  private final Touches touches = new Touches(0);

  private boolean write(long at) {
    return touches.answered(at, TIMEOUT);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 100, 150, 199, 200, 201, 250, 300, 399, 400})
  void writes_in_a_steady_rhythm_are_all_good(long period) {
    assertThat(LongStream.iterate(50, t -> t < 50_000, t -> t + period)).allMatch(this::write);
  }

  @Test
  void the_session_being_young_is_enough() {
    assertThat(write(400)).isTrue();
  }

  @Test
  void the_first_write_of_an_old_session_is_not_good() {
    assertThat(write(401)).isFalse();
  }

  @Test
  void after_a_silence_a_write_is_good_once_one_before_has_been_passed_on() {
    assertThat(write(200)).isTrue();

    assertThat(write(900)).isFalse();
    assertThat(write(1_050)).isFalse();
    assertThat(write(1_200)).isTrue();
  }

  @Test
  void many_writes_at_once_after_a_silence_do_not_help() {
    assertThat(LongStream.range(1_000, 1_200)).noneMatch(this::write);
    assertThat(write(1_200)).isTrue();
  }

  @Test
  void one_lost_answer_costs_one_lease_more_at_most() {
    assertThat(LongStream.of(100, 250, 400, 550, 700).allMatch(this::write)).isTrue();

    assertThat(write(1_000)).isTrue();
    assertThat(write(1_150)).isFalse();
    assertThat(write(1_300)).isTrue();
  }
}
