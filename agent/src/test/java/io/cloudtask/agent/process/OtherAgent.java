package io.cloudtask.agent.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An agent in a JVM of its own that starts one run and then does nothing until it is ended. */
final class OtherAgent implements AutoCloseable {
  private final Process jvm;

  private OtherAgent(Process jvm) {
    this.jvm = jvm;
  }

  /**
   * Starts a run from another JVM, which ignores a few signals as if it were started by nohup, and
   * returns when the run is started.
   */
  static OtherAgent starting(Launch launch) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "trap '' HUP PIPE USR1; exec \"$@\"", "sh"));
    command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), OtherAgent.class.getName()));
    command.addAll(
        List.of(
            launch.runId(), launch.runDirectory().toString(), launch.workDirectory().toString()));
    command.add(launch.command());
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    OtherAgent agent = new OtherAgent(jvm);
    if (jvm.getInputStream().read() < 0) {
      agent.close();
      throw new IOException("the other agent ended before its run was started");
    }
    return agent;
  }

  /** Ends it as kill -9 does. */
  @Override
  public void close() throws IOException {
    try {
      jvm.destroyForcibly();
      if (!jvm.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException("the other agent does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) throws Exception {
    OutputFile output = new OutputFile(SupervisorFixture.CAPS);
    Launch launch =
        new Launch("job", args[0], Path.of(args[1]), Path.of(args[2]), args[3], List.of());
    ProcessSupervisors.forThisHost(Clock.systemUTC(), output).start(launch);
    System.out.write('.');
    System.out.flush();
    Thread.sleep(Duration.ofMinutes(1));
  }
}
