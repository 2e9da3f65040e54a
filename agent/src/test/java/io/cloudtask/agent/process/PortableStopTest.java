package io.cloudtask.agent.process;

import java.time.Clock;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PortableStopTest extends StopContract {
  @Override
  ProcessHost makeHost() {
    return new PortableHost(Clock.systemUTC(), WITHHELD);
  }
}
