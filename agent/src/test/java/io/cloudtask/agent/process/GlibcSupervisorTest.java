package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class GlibcSupervisorTest extends SupervisorContract {
  @Override
  ProcessHost makeHost() throws IOException {
    return new GlibcHost(Clock.systemUTC(), WITHHELD);
  }

  @Test
  void a_signal_is_told_from_an_exit_status() throws Exception {
    Exit exit = run("kill -9 $$");
    assertThat(exit.signal()).isEqualTo(9);
    assertThat(exit.code()).isNull();
    assertThat(supervisor.reattach(runDirectory(), "job", runId))
        .isInstanceOf(Reattachment.Gone.class);
  }

  @Test
  void it_leads_a_session_of_its_own() throws Exception {
    RunningProcess process = start("sleep 60");
    assertThat(host.table().find(process.pid()).orElseThrow())
        .satisfies(entry -> assertThat(entry.session()).isEqualTo(process.pid()))
        .satisfies(entry -> assertThat(entry.group()).isEqualTo(process.pid()));
    stop(process, Duration.ofSeconds(5));
  }

  @Test
  void who_cleared_its_environment_is_reached_in_its_session() throws Exception {
    RunningProcess process =
        start("env -i sleep 60 & env -i sh -c 'setsid sleep 60; :' & echo ready; sleep 60");
    awaitOutput("ready");
    awaitProcesses(2);
    assertThat(stop(process, Duration.ofSeconds(5))).isEqualTo(5);
  }

  @Test
  void it_gets_no_descriptor_of_ours() throws Exception {
    try (var ours = new RandomAccessFile(folder.resolve("ours").toFile(), "rw")) {
      ours.write(1);
      run("ls -l /proc/self/fd");
    }
    assertThat(stdout()).contains("/run/stdout").doesNotContain("ours", "pipe:", "socket:", ".jar");
  }

  @Test
  void every_signal_is_at_its_default_and_none_is_blocked() throws Exception {
    run("grep -E '^Sig(Blk|Ign)' /proc/self/status");
    assertThat(stdout().lines()).hasSize(2).allMatch(line -> line.matches("Sig...:\\s*0+"));
  }
}
