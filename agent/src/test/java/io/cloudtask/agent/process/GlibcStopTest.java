package io.cloudtask.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class GlibcStopTest extends StopContract {
  @Override
  ProcessHost makeHost() throws IOException {
    return new GlibcHost(Clock.systemUTC(), WITHHELD);
  }

  @Test
  void who_is_stopped_takes_TERM_too() throws Exception {
    RunningProcess process =
        start("trap 'echo bye; exit 9' TERM; echo ready; kill -STOP $$; sleep 60");
    awaitOutput("ready");
    stop(process, Duration.ofSeconds(20));
    assertThat(processes()).isEmpty();
  }
}
