package io.cloudtask.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Timeline timeline = new Timeline(new Dice(1), new Trace(null));
  private final List<String> seen = new ArrayList<>();

  private void pass(Duration time) {
    long end = timeline.now() + time.toNanos();
    while (timeline.step(end)) {
      assertThat(timeline.running()).isNull();
    }
  }

  private void note(String what) {
    seen.add(what + "@" + timeline.now() / 1_000_000);
  }

  @Test
  void of_two_things_at_one_instant_the_one_that_was_planned_first_comes_first() {
    timeline.in(SECOND, timeline.nature(), () -> note("one"));
    timeline.in(SECOND, timeline.nature(), () -> note("two"));
    timeline.in(Duration.ZERO, timeline.nature(), () -> note("zero"));

    pass(SECOND);

    assertThat(seen).containsExactly("zero@0", "one@1000", "two@1000");
  }

  @Test
  void fibers_go_on_where_they_waited_while_others_go() {
    Life life = new Life(timeline, "life");
    for (String name : List.of("a", "b")) {
      life.start(
          name,
          () -> {
            note(name);
            life.sleep(SECOND);
            note(name);
          });
    }

    pass(SECOND.multipliedBy(2));

    assertThat(seen).containsExactly("a@0", "b@0", "a@1000", "b@1000");
  }

  @Test
  void what_a_frozen_life_missed_comes_in_its_order_when_it_thaws() {
    Life life = new Life(timeline, "life");
    life.later(SECOND, () -> note("one"));
    life.later(SECOND.multipliedBy(2), () -> note("two"));
    life.freeze(SECOND.multipliedBy(5));
    timeline.in(SECOND.multipliedBy(3), timeline.nature(), () -> note("other"));

    pass(SECOND.multipliedBy(9));

    assertThat(seen).containsExactly("other@3000", "one@5000", "two@5000");
  }

  @Test
  void a_life_that_is_over_takes_no_further_step() {
    Life life = new Life(timeline, "life");
    life.start(
        "loop",
        () -> {
          try {
            while (true) {
              note("step");
              life.sleep(SECOND);
            }
          } finally {
            note("end");
          }
        });
    timeline.in(Duration.ofMillis(1500), timeline.nature(), life::end);

    pass(SECOND.multipliedBy(5));

    assertThat(seen).containsExactly("step@0", "step@1000", "end@1500");
  }

  @Test
  void a_fiber_can_end_the_life_that_it_belongs_to() {
    Life life = new Life(timeline, "life");
    life.start(
        "suicide",
        () -> {
          life.end();
          note("never");
        });

    pass(SECOND);

    assertThat(seen).isEmpty();
    assertThat(life.alive()).isFalse();
  }

  @Test
  void a_bell_wakes_early_and_remembers_a_ring_that_nobody_heard() {
    Life life = new Life(timeline, "life");
    Bell bell = new Bell(life);
    life.start(
        "listener",
        () -> {
          bell.await(SECOND.multipliedBy(9));
          note("rung");
          life.sleep(SECOND);
          bell.await(SECOND.multipliedBy(9));
          note("remembered");
          bell.await(SECOND);
          note("silence");
        });
    timeline.in(SECOND, timeline.nature(), bell::ring);
    timeline.in(Duration.ofMillis(1500), timeline.nature(), bell::ring);

    pass(SECOND.multipliedBy(20));

    assertThat(seen).containsExactly("rung@1000", "remembered@2000", "silence@3000");
  }

  @Test
  void what_goes_wrong_in_a_fiber_ends_the_step_in_which_it_did() {
    Life life = new Life(timeline, "life");
    life.start(
        "wrong",
        () -> {
          throw new IllegalStateException("no");
        });

    assertThatThrownBy(() -> pass(SECOND))
        .hasMessageContaining("life/wrong")
        .hasMessageContaining("no");
  }
}
