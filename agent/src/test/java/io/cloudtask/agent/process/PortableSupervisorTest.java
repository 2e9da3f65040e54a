package io.cloudtask.agent.process;

import java.time.Clock;

class PortableSupervisorTest extends SupervisorContract {
  @Override
  ProcessHost makeHost() {
    return new PortableHost(Clock.systemUTC(), WITHHELD);
  }
}
