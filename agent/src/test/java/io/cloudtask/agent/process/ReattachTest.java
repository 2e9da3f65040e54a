package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent finds out about runs that another one started. */
@EnabledOnOs(OS.LINUX)
class ReattachTest extends SupervisorFixture {
  private static final Duration GRACE = Duration.ofSeconds(10);

  @Override
  ProcessHost makeHost() throws IOException {
    return new GlibcHost(Clock.systemUTC(), WITHHELD);
  }

  private Reattachment reattach() {
    return supervisor.reattach(runDirectory(), "job", runId);
  }

  private RunningProcess alive() {
    return ((Reattachment.Alive) reattach()).process();
  }

  private Path file(String name) {
    return runDirectory().resolve(name);
  }

  /**
   * A run that goes on until the file {@code go} is there, started by an agent that is dead by now.
   */
  private void orphan(String after) throws Exception {
    OtherAgent.starting(launch(untilGo(after))).close();
    awaitOutput("started");
  }

  /**
   * The same, started by a supervisor of this JVM that was closed: quicker, but the run is our
   * child.
   */
  private void abandoned(String after) throws Exception {
    start(untilGo(after));
    supervisor.close();
    open();
    awaitOutput("started");
  }

  private static String untilGo(String after) {
    return "echo started\nwhile [ ! -e go ]; do sleep 0.05; done\n" + after;
  }

  private void go() throws IOException {
    Files.createFile(workDirectory().resolve("go"));
  }

  @Test
  void a_run_outlives_its_killed_agent_and_its_exit_status_and_output_are_learnt()
      throws Exception {
    Instant before = Instant.now();
    orphan("echo done; exit 42");
    RunningProcess process = alive();
    assertThat(process.startedAt()).isBetween(before, Instant.now());
    assertThat(process.onExit()).isNotDone();
    go();
    assertThat(exitOf(process).code()).isEqualTo(42);
    assertThat(stdout()).isEqualTo("started\ndone\n");
  }

  @Test
  void a_run_that_ended_meanwhile_left_its_exit_status() throws Exception {
    Instant before = Instant.now();
    abandoned("exit 42");
    go();
    awaitProcesses(0);
    Reattachment.Ended ended = (Reattachment.Ended) reattach();
    assertThat(ended.exit().code()).isEqualTo(42);
    assertThat(ended.exit().at()).isBefore(Instant.now());
    long pid = Long.parseLong(Files.readString(file("pid")).strip());
    assertThat(ended.start())
        .isNotNull()
        .satisfies(start -> assertThat(start.at()).isBetween(before, ended.exit().at()))
        .satisfies(start -> assertThat(start.pid()).isEqualTo(pid));
  }

  @Test
  void signals_that_the_agent_ignored_are_at_their_default() throws Exception {
    orphan("grep -E '^Sig(Blk|Ign)' /proc/self/status");
    RunningProcess process = alive();
    go();
    exitOf(process);
    assertThat(stdout().lines().skip(1)).hasSize(2).allMatch(line -> line.matches("Sig...:\\s*0+"));
  }

  @Test
  void a_run_that_is_killed_after_re_attachment_ends_too() throws Exception {
    orphan("");
    RunningProcess process = alive();
    new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
    Exit exit = exitOf(process);
    assertThat(exit.code()).isNull();
    assertThat(exit.signal())
        .isIn(9, null); // null where init reaps it before we look, and Linux is older than 6.15
  }

  @Test
  void a_re_attached_run_is_stopped_with_all_its_descendants() throws Exception {
    OtherAgent.starting(launch("sleep 60 & (setsid sleep 60 &) ; sleep 60")).close();
    awaitProcesses(4);
    assertThat(stop(alive(), GRACE)).isEqualTo(4);
  }

  @Test
  void the_output_of_a_re_attached_run_is_kept_within_its_caps() throws Exception {
    abandoned(
        "head -c 50000000 /dev/zero; echo; echo last; while [ ! -e stop ]; do sleep 0.05; done");
    RunningProcess process = alive();
    go();
    awaitOutput("last");
    DiskUse.awaitAtMost(file("stdout"), CAPS.head() + CAPS.tail() + (64 << 10));
    Files.createFile(workDirectory().resolve("stop"));
    assertThat(exitOf(process).code()).isZero();
  }

  @Test
  void a_run_killed_while_no_agent_was_there_is_gone() throws Exception {
    orphan("");
    new ProcessBuilder("kill", "-9", Files.readString(file("pid")).strip()).start().waitFor();
    awaitProcesses(0);
    Reattachment.Gone gone = (Reattachment.Gone) reattach();
    assertThat(gone.reason()).contains("left no exit status behind").doesNotContain("still live");
    assertThat(gone.lastSeen()).isBefore(Instant.now());
    assertThat(gone.start())
        .isNotNull()
        .satisfies(start -> assertThat(start.at()).isBefore(Instant.now()));
  }

  @Test
  void descendants_of_a_run_that_is_gone_are_told_of_and_can_be_swept() throws Exception {
    assertThat(run("setsid sleep 60 & kill -9 $$").known()).isTrue();
    awaitProcesses(1);
    assertThat(((Reattachment.Gone) reattach()).reason()).contains("1 of its processes still live");
    assertThat(supervisor.sweep(runId, GRACE)).isEqualTo(1);
  }

  @Test
  void nothing_in_the_directory_means_never_started() throws Exception {
    assertThat(reattach()).isInstanceOf(Reattachment.NeverStarted.class);
    new RunDirectory(runDirectory()).prepare("echo hello");
    assertThat(reattach()).isInstanceOf(Reattachment.NeverStarted.class);
    assertThat(run("echo hello").code()).isZero();
  }

  @Test
  void an_output_file_alone_may_have_been_a_start() throws Exception {
    new RunDirectory(runDirectory()).prepare("echo hello");
    Files.createFile(file("stdout"));
    assertThat(reattach()).isInstanceOf(Reattachment.Gone.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{\"pid\":1}",
        "\0\0\0\0",
        "{\"pid\":\"x\",\"start\":{},\"boot\":1}"
      })
  void without_a_whole_run_json_the_mark_finds_the_run(String text) throws Exception {
    abandoned("exit 7");
    Files.writeString(file("run.json"), text);
    RunningProcess process = alive();
    assertThat(process.pid()).isEqualTo(Long.parseLong(Files.readString(file("pid")).strip()));
    go();
    assertThat(exitOf(process).code()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "12\0\n", "-1\n", "99999999999\n", "x\n"})
  void without_run_json_and_pid_the_mark_finds_the_run(String text) throws Exception {
    abandoned("exit 7");
    long pid = Long.parseLong(Files.readString(file("pid")).strip());
    Files.delete(file("run.json"));
    Files.writeString(file("pid"), text);
    RunningProcess process = alive();
    assertThat(process.pid()).isEqualTo(pid);
    go();
    assertThat(exitOf(process).code()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "   ", "300\n", "x\n", "-1\n", "\n0\n"})
  void an_exit_status_that_was_not_written_wholly_does_not_count(String text) throws Exception {
    run("exit 0");
    Files.writeString(file("exit"), text);
    assertThat(reattach()).isInstanceOf(Reattachment.Gone.class);
  }

  @Test
  void a_pid_that_was_given_to_another_process_is_not_the_run() throws Exception {
    run("kill -9 $$");
    long ours = ProcessHandle.current().pid();
    Files.writeString(file("pid"), ours + "\n");
    new RunDirectory(runDirectory())
        .write(new RunDirectory.Started(ours, 1, host.table().bootId(), Instant.now()));
    assertThat(reattach()).isInstanceOf(Reattachment.Gone.class);
  }

  @Test
  void a_process_of_another_boot_is_not_the_run() throws Exception {
    run("kill -9 $$");
    ProcessEntry ours = host.table().find(ProcessHandle.current().pid()).orElseThrow();
    new RunDirectory(runDirectory())
        .write(new RunDirectory.Started(ours.pid(), ours.start(), "another boot", Instant.now()));
    assertThat(((Reattachment.Gone) reattach()).reason()).contains("host was restarted");
  }

  @Test
  void a_forged_run_json_does_not_hide_the_living_run() throws Exception {
    abandoned("exit 7");
    new RunDirectory(runDirectory())
        .write(
            new RunDirectory.Started(
                ProcessHandle.current().pid(), 1, host.table().bootId(), Instant.now()));
    RunningProcess process = alive();
    go();
    assertThat(exitOf(process).code()).isEqualTo(7);
  }

  @Test
  void a_run_directory_that_cannot_be_read_is_said_to_be_so() throws Exception {
    Files.createDirectories(file("run.json"));
    assertThat(((Reattachment.Gone) reattach()).reason())
        .contains("can't be read")
        .contains("run.json");
  }

  @Test
  void a_run_whose_directory_cannot_be_read_is_still_found_alive() throws Exception {
    abandoned("");
    Files.delete(file("run.json"));
    Files.createDirectory(file("run.json"));
    assertThat(stop(alive(), GRACE)).isPositive();
  }
}
