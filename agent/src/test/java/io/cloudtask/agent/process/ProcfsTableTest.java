package io.cloudtask.agent.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcfsTableTest {
  private static String stat(String name, String state, int threads) {
    return "42 (%s) %s 7 8 9 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 %d 0 12345 1 1\n"
        .formatted(name, state, threads);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "a b", ") R 1 2 3", "((", ""})
  void a_program_may_have_any_name(String name) {
    assertThat(ProcfsTable.parse(stat(name, "S", 1)))
        .contains(new ProcessEntry(42, 7, 8, 9, 12345, null));
  }

  @Test
  void zombies_do_not_live() {
    assertThat(ProcfsTable.parse(stat("sh", "Z", 1))).isEmpty();
    assertThat(ProcfsTable.parse(stat("sh", "X", 1))).isEmpty();
  }

  @Test
  void a_process_whose_main_thread_ended_first_lives() {
    assertThat(ProcfsTable.parse(stat("sh", "Z", 3))).isPresent();
  }

  @Test
  void what_was_cut_off_is_no_process() {
    assertThat(ProcfsTable.parse("")).isEmpty();
    assertThat(ProcfsTable.parse("42 (sh) S 7 8")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CLOUDTASK_RUN_ID=r",
        "A=1\0CLOUDTASK_RUN_ID=r\0B=2\0",
        "\0\0CLOUDTASK_RUN_ID=r\0CLOUDTASK_RUN_ID=s\0"
      })
  void the_mark_is_found_wherever_it_stands(String environment) {
    assertThat(ProcfsTable.mark(environment.getBytes(UTF_8))).isEqualTo("r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\0", "CLOUDTASK_RUN_ID", "XCLOUDTASK_RUN_ID=r\0", "A=CLOUDTASK_RUN_ID=r\0"})
  void what_only_looks_like_the_mark_is_none(String environment) {
    assertThat(ProcfsTable.mark(environment.getBytes(UTF_8))).isNull();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void this_process_is_found() throws Exception {
    long own = ProcessHandle.current().pid();
    assertThat(new ProcfsTable().living(0)).anyMatch(process -> process.pid() == own);
    assertThat(new ProcfsTable().find(own)).isPresent();
    assertThat(new ProcfsTable().find(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void the_failure_of_a_zombie_is_told_and_nothing_else() {
    assertThat(ProcfsTable.failureOfZombie(ended("Z", 7 << 8), 12345)).hasValue(7 << 8);
    assertThat(ProcfsTable.failureOfZombie(ended("Z", 0), 12345)).isEmpty();
    assertThat(ProcfsTable.failureOfZombie(ended("S", 9), 12345)).isEmpty();
    assertThat(ProcfsTable.failureOfZombie(ended("Z", 9), 54321)).isEmpty();
    assertThat(ProcfsTable.failureOfZombie(stat("sh", "Z", 1), 12345)).isEmpty();
    assertThat(ProcfsTable.failureOfZombie("", 12345)).isEmpty();
  }

  private static String ended(String state, int status) {
    return stat("sh", state, 1).strip() + " 0".repeat(27) + " " + status + "\n";
  }
}
