package io.cloudtask.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStateTest {
  @ParameterizedTest
  @EnumSource(RunState.class)
  void exactly_the_terminal_states_have_no_successor(RunState state) {
    assertThat(state.successors().isEmpty()).isEqualTo(state.terminal());
  }

  @Test
  void every_state_but_the_first_can_be_reached_and_every_way_ends() {
    Set<RunState> reached = EnumSet.of(RunState.QUEUED);
    while (reached.addAll(reached.stream().flatMap(s -> s.successors().stream()).toList())) {
      assertThat(reached).isNotEmpty();
    }
    assertThat(reached).containsExactlyInAnyOrder(RunState.values());
  }

  @Test
  void a_run_that_left_the_queue_without_a_start_never_ran() {
    assertThat(RunState.QUEUED.successors())
        .containsExactlyInAnyOrder(RunState.STARTING, RunState.CANCELLED);
    assertThat(RunState.RUNNING.successors()).doesNotContain(RunState.CANCELLED, RunState.STARTING);
  }
}
