package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** With a session timeout of 800: a lease of 400, a write due every 100. */
final class TouchesTest {
  private static final long TIMEOUT = 800;

  private final Touches touches = new Touches(0);

  private boolean write(long at) {
    return touches.answered(at, TIMEOUT);
  }

  @Test
  void writes_that_come_every_eighth_of_the_timeout_are_all_good() {
    assertThat(LongStream.iterate(50, t -> t < 50_000, t -> t + 100)).allMatch(this::write);
  }

  @Test
  void so_are_writes_that_come_a_little_late() {
    assertThat(LongStream.iterate(50, t -> t < 50_000, t -> t + 130)).allMatch(this::write);
  }

  @Test
  void the_session_being_young_is_enough() {
    assertThat(write(300)).isTrue();
  }

  @Test
  void the_first_write_of_an_old_session_is_not_good() {
    assertThat(write(301)).isFalse();
  }

  @Test
  void after_a_silence_a_write_is_good_once_one_before_has_been_passed_on() {
    assertThat(write(200)).isTrue();

    assertThat(write(900)).isFalse();
    assertThat(write(1_000)).isFalse();
    assertThat(write(1_100)).isTrue();
  }

  @Test
  void many_writes_at_once_after_a_silence_do_not_help() {
    assertThat(LongStream.range(1_000, 1_200)).noneMatch(this::write);
    assertThat(write(1_200)).isTrue();
  }

  @Test
  void one_lost_answer_does_no_harm() {
    assertThat(LongStream.of(100, 200, 300, 500, 600, 700, 800)).allMatch(this::write);
  }
}
