package io.cloudtask.agent.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Set;

/** Makes the supervisor that suits this host. */
public final class ProcessSupervisors {
  private static final System.Logger LOG = System.getLogger(ProcessSupervisors.class.getName());

  /** Names the variables that the launcher set for this JVM alone; separated by commas. */
  private static final String LAUNCHER_VARIABLES = "cloudtask.launcher.variables";

  private ProcessSupervisors() {}

  /**
   * System calls on Linux with glibc, what the JVM offers elsewhere. One per agent; it has three
   * threads. Runs inherit the environment in which the agent's owner started it: what the launcher
   * added for the JVM is withheld from them.
   *
   * @param clock for start and end times
   * @param output holds the caps to which outputs of living runs are kept
   */
  public static ProcessSupervisor forThisHost(Clock clock, OutputFile output) {
    Set<String> withheld = Set.of(System.getProperty(LAUNCHER_VARIABLES, "").split(","));
    return new LocalSupervisor(host(clock, withheld), clock, output);
  }

  private static ProcessHost host(Clock clock, Set<String> withheld) {
    if (GlibcLinux.usable() && ProcfsTable.usable()) {
      try {
        return new GlibcHost(clock, withheld);
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "runs are started through the JVM, as this kernel refuses: {0}",
            e.getMessage());
      }
    }
    return new PortableHost(clock, withheld);
  }
}
