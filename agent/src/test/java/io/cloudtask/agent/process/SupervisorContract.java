package io.cloudtask.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run starts, what it gets, and how its end is learnt: the same on every host. */
abstract class SupervisorContract extends SupervisorFixture {
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 255})
  void the_exit_status_is_learnt_and_left_behind(int status) throws Exception {
    assertThat(run("exit " + status).code()).isEqualTo(status);
    assertThat(Files.readString(runDirectory().resolve("exit"))).startsWith(status + "\n");
    assertThat(supervisor.reattach(runDirectory(), "job", runId))
        .isInstanceOfSatisfying(
            Reattachment.Ended.class, ended -> assertThat(ended.exit().code()).isEqualTo(status));
  }

  @Test
  void output_goes_to_two_files() throws Exception {
    run("echo good; echo bad >&2");
    assertThat(stdout()).isEqualTo("good\n");
    assertThat(stderr()).isEqualTo("bad\n");
  }

  @Test
  void standard_input_is_empty() throws Exception {
    assertThat(run("read line").code()).isEqualTo(1);
  }

  @Test
  void it_runs_in_its_work_directory_with_its_environment_in_place_of_ours() throws Exception {
    run(
        "pwd; echo $GREETING; echo $HOME; echo $CLOUDTASK_RUN_ID; command -v ls",
        "GREETING=a b",
        "HOME=x",
        "HOME=y");
    assertThat(stdout().lines())
        .startsWith(workDirectory().toString(), "a b", "y", runId)
        .hasSize(5);
  }

  @Test
  void what_the_launcher_set_for_the_agent_alone_is_not_inherited() throws Exception {
    run("printenv HOME; printenv PATH");
    assertThat(stdout()).isEqualTo(System.getenv("PATH") + "\n");
  }

  @Test
  void paths_may_hold_blanks_quotes_and_newlines() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("a b'c\"d\n$e`f\\"));
    Launch plain = launch("pwd > here; exit 5");
    RunningProcess process =
        supervisor.start(
            new Launch("job", runId, odd.resolve("run"), odd, plain.command(), plain.env()));
    assertThat(exitOf(process).code()).isEqualTo(5);
    assertThat(Files.readString(odd.resolve("here"))).isEqualTo(odd + "\n");
    assertThat(supervisor.reattach(odd.resolve("run"), "job", runId))
        .isInstanceOf(Reattachment.Ended.class);
  }

  @Test
  void a_command_of_a_megabyte_runs() throws Exception {
    String command = ": " + "x".repeat(1 << 20) + "\necho done\nexit 7";
    assertThat(run(command).code()).isEqualTo(7);
    assertThat(stdout()).isEqualTo("done\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/usr/bin/env sh\necho here; exit 4",
        "#!/bin/sh\necho here; exit 4",
        "#!/bin/sh -e\necho here; (exit 4); echo not here",
        "exec sh -c 'echo here; exit 4'",
        "trap 'echo here' EXIT; exit 4",
        "set -eu; echo here; (exit 4)",
        "set -C; umask 777; cd /; echo here; exit 4",
        "echo() { :; }; printf 'here\\n'; exit 4",
      })
  void whatever_the_command_does_to_its_shell_the_exit_status_is_left_behind(String command)
      throws Exception {
    assertThat(run(command).code()).isEqualTo(4);
    assertThat(stdout()).isEqualTo("here\n");
    assertThat(Files.readString(runDirectory().resolve("exit"))).startsWith("4\n");
  }

  @Test
  void a_syntax_error_is_an_exit_status_too() throws Exception {
    assertThat(run("echo before\nif then fi").code()).isEqualTo(2);
    assertThat(supervisor.reattach(runDirectory(), "job", runId))
        .isInstanceOf(Reattachment.Ended.class);
  }

  @Test
  void a_missing_interpreter_is_an_exit_status_too() throws Exception {
    assertThat(run("#!/no/such/interpreter\nhello").code()).isEqualTo(127);
    assertThat(stderr()).contains("/no/such/interpreter");
  }

  @Test
  void the_pid_is_that_of_the_shell() throws Exception {
    RunningProcess process = start("echo $$; exit 0");
    exitOf(process);
    assertThat(stdout()).isEqualTo(process.pid() + "\n");
    assertThat(Files.readString(runDirectory().resolve("pid"))).isEqualTo(process.pid() + "\n");
  }

  @Test
  void a_missing_work_directory_is_named() throws Exception {
    Path missing = folder.resolve("not/here");
    assertThatThrownBy(() ->
            supervisor.start(new Launch("job", runId, runDirectory(), missing, "true", List.of())))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("work directory " + missing + " is missing");
    assertThat(supervisor.reattach(runDirectory(), "job", runId))
        .isInstanceOf(Reattachment.NeverStarted.class);
  }

  @Test
  void a_run_directory_that_cannot_be_made_is_named() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() ->
            supervisor.start(
                new Launch("job", runId, file.resolve("run"), workDirectory(), "true", List.of())))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"novalue", "=x", "A=\0"})
  void an_environment_that_cannot_be_is_refused(String entry) {
    assertThatThrownBy(() -> start("true", entry, entry))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("env of job job");
  }

  @Test
  void the_mark_of_another_run_is_refused() throws Exception {
    Launch own = launch("true");
    List<String> env = List.of(ProcessTable.MARK + "=another");
    assertThatThrownBy(() ->
            supervisor.start(
                new Launch("job", runId, runDirectory(), own.workDirectory(), "true", env)))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining(ProcessTable.MARK);
  }

  @Test
  void a_command_with_a_nul_is_refused() {
    assertThatThrownBy(() -> start("echo \0"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("NUL");
  }

  @Test
  void an_environment_that_is_too_large_is_refused_and_can_be_mended() throws Exception {
    assertThatThrownBy(() -> start("true", "BIG=" + "x".repeat(200_000)))
        .isInstanceOf(LaunchException.class);
    assertThat(run("true").code()).isZero();
  }

  @Test
  void a_run_is_not_started_twice_in_one_directory() throws Exception {
    run("echo once");
    assertThatThrownBy(() -> start("echo twice"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("not started twice");
    assertThat(stdout()).isEqualTo("once\n");
  }

  @Test
  void many_runs_end_each_with_its_own_status() throws Exception {
    List<RunningProcess> processes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Launch launch = launch("exit " + i);
      processes.add(
          supervisor.start(
              new Launch(
                  "job",
                  runId,
                  folder.resolve("runs/" + i),
                  launch.workDirectory(),
                  launch.command(),
                  launch.env())));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(exitOf(processes.get(i)).code()).isEqualTo(i);
    }
  }

  @Test
  void a_flood_of_output_stays_within_its_caps_on_disk() throws Exception {
    Exit exit = run("echo first; head -c 200000000 /dev/zero; echo last");
    assertThat(exit.code()).isZero();
    Path stdout = runDirectory().resolve("stdout");
    KeptOutput kept = output.finished(stdout);
    assertThat(kept.size()).isEqualTo(200_000_000 + 11);
    try (var in = kept.open()) {
      byte[] bytes = in.readAllBytes();
      assertThat(bytes)
          .hasSize((int) (CAPS.head() + CAPS.tail()))
          .startsWith("first\n".getBytes(UTF_8))
          .endsWith("last\n".getBytes(UTF_8));
    }
    DiskUse.assertAtMost(stdout, CAPS.head() + CAPS.tail() + (64 << 10));
  }

  @Test
  void closing_leaves_the_run_alone() throws Exception {
    start("sleep 60");
    awaitProcesses(2);
    supervisor.close();
    assertThat(processes()).hasSize(2);
    open();
    assertThat(supervisor.sweep(runId, Duration.ofSeconds(5))).isEqualTo(2);
  }
}
