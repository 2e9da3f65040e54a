package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stop reaches every process of a run: the same on every host that shows the environment of its
 * processes.
 */
@Timeout(60)
abstract class StopContract extends SupervisorFixture {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void a_polite_tree_ends_long_before_the_grace_time() throws Exception {
    RunningProcess process = start("sleep 60 & sleep 60 & sleep 60");
    awaitProcesses(4);
    assertThat(stop(process, LONG)).isEqualTo(4);
    assertThat(processes()).isEmpty();
    Exit exit = exitOf(process);
    assertThat(exit)
        .matches(how -> Objects.equals(how.signal(), 15) || Objects.equals(how.code(), 143));
  }

  @Test
  void descendants_in_sessions_of_their_own_are_reached() throws Exception {
    RunningProcess process = start("sleep 1000 & (setsid sleep 1000 &) ; sleep 1000");
    awaitProcesses(4);
    assertThat(stop(process, LONG)).isEqualTo(4);
    assertThat(processes()).isEmpty();
  }

  @Test
  void who_ignores_TERM_is_killed_after_the_grace_time() throws Exception {
    RunningProcess process =
        start("trap '' TERM; (setsid sleep 60 &); echo ready; sleep 60; sleep 60");
    awaitOutput("ready");
    awaitProcesses(4);
    stop(process, SHORT);
    assertThat(processes()).isEmpty();
    assertThat(exitOf(process).known()).isTrue();
  }

  @Test
  void a_trap_for_TERM_decides_the_exit_status() throws Exception {
    RunningProcess process =
        start("trap 'echo bye; exit 9' TERM; echo ready; while :; do sleep 0.05; done");
    awaitOutput("ready");
    stop(process, LONG);
    assertThat(exitOf(process).code()).isEqualTo(9);
    assertThat(stdout()).contains("bye");
  }

  @Test
  void what_outlives_the_direct_child_is_reached_by_a_stop() throws Exception {
    RunningProcess process = start("setsid sleep 60 & sleep 60 & exit 0");
    assertThat(exitOf(process).code()).isZero();
    awaitProcesses(2);
    assertThat(stop(process, LONG)).isEqualTo(2);
    assertThat(processes()).isEmpty();
  }

  @Test
  void what_outlives_the_direct_child_is_reached_by_a_sweep() throws Exception {
    exitOf(start("setsid sleep 60 & (trap '' TERM; sleep 60; :) & exit 0"));
    awaitProcesses(3);
    assertThat(supervisor.sweep(runId, SHORT)).isEqualTo(3);
    assertThat(processes()).isEmpty();
    assertThat(supervisor.sweep(runId, SHORT)).isZero();
  }

  @Test
  void what_starts_while_a_stop_goes_on_is_reached() throws Exception {
    RunningProcess process =
        start(
            "trap 'setsid sleep 60 & sleep 60 & exit 0' TERM; echo ready; while :; do sleep"
                + " 0.05; done");
    awaitOutput("ready");
    stop(process, LONG);
    assertThat(processes()).isEmpty();
  }

  @Test
  void a_chain_that_forks_on_and_on_is_ended() throws Exception {
    Path chain =
        Files.writeString(workDirectory().resolve("chain"), "trap '' TERM\nsetsid sh chain &\n");
    RunningProcess process = start("sh " + chain.getFileName());
    stop(process, SHORT);
    awaitProcesses(0);
  }

  @Test
  void a_stop_without_grace_kills_at_once() throws Exception {
    RunningProcess process = start("trap '' TERM; echo ready; sleep 60; :");
    awaitOutput("ready");
    stop(process, Duration.ZERO);
    assertThat(processes()).isEmpty();
  }

  @Test
  void a_stop_of_what_has_ended_does_nothing() throws Exception {
    RunningProcess process = start("exit 0");
    exitOf(process);
    assertThat(stop(process, LONG)).isZero();
  }

  @Test
  void two_stops_at_once_are_as_good_as_one() throws Exception {
    RunningProcess process = start("trap '' TERM; echo ready; sleep 60; :");
    awaitOutput("ready");
    var first = process.stop(LONG);
    assertThat(stop(process, Duration.ZERO)).isPositive();
    first.get(10, TimeUnit.SECONDS);
    assertThat(processes()).isEmpty();
  }

  @Test
  void other_runs_are_left_alone() throws Exception {
    RunningProcess process = start("sleep 60");
    String other = runId + "-other";
    RunningProcess neighbour =
        supervisor.start(
            new Launch(
                "job", other, folder.resolve("other"), workDirectory(), "sleep 60", List.of()));
    stop(process, LONG);
    assertThat(neighbour.onExit()).isNotDone();
    assertThat(supervisor.sweep(other, LONG)).isEqualTo(2);
  }
}
