package io.cloudtask.agent.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;

/** Makes the supervisor that suits this host. */
public final class ProcessSupervisors {
  private static final System.Logger LOG = System.getLogger(ProcessSupervisors.class.getName());

  private ProcessSupervisors() {}

  /**
   * System calls on Linux with glibc, what the JVM offers elsewhere. One per agent; it has three
   * threads.
   *
   * @param clock for start and end times
   * @param output holds the caps to which outputs of living runs are kept
   */
  public static ProcessSupervisor forThisHost(Clock clock, OutputFile output) {
    return new LocalSupervisor(host(clock), clock, output);
  }

  private static ProcessHost host(Clock clock) {
    if (GlibcLinux.usable() && ProcfsTable.usable()) {
      try {
        return new GlibcHost(clock);
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "runs are started through the JVM, as this kernel refuses: {0}",
            e.getMessage());
      }
    }
    return new PortableHost(clock);
  }
}
