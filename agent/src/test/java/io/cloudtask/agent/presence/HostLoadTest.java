package io.cloudtask.agent.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostLoadTest {
  @TempDir Path proc;

  @Test
  void it_is_the_average_of_the_last_minute_for_each_processor() throws Exception {
    Files.writeString(
        proc.resolve("stat"), "cpu  9 9 9\ncpu0 4 4 4\ncpu1 5 5 5\nintr 1 2 3\nctxt 7\n");
    Files.writeString(proc.resolve("loadavg"), "1.50 0.75 0.20 1/234 5678\n");
    assertThat(HostLoad.of(proc).now()).isEqualTo(0.75);
  }

  @Test
  void a_system_that_does_not_tell_has_none() throws Exception {
    assertThat(HostLoad.of(proc).now()).isNull();
    Files.writeString(proc.resolve("stat"), "cpu0 4 4 4\n");
    assertThat(HostLoad.of(proc).now()).isNull();
    Files.writeString(proc.resolve("loadavg"), "unknown\n");
    assertThat(HostLoad.of(proc).now()).isNull();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void this_host_tells() {
    assertThat(HostLoad.here().now()).isNotNull().isNotNegative();
  }
}
