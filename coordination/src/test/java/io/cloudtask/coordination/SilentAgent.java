package io.cloudtask.coordination;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** An agent's session in a process of its own, to be killed. */
final class SilentAgent {
  private SilentAgent() {}

  static Process start(String hosts, String key, Duration sessionTimeout) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SilentAgent.class.getName(),
            hosts,
            key,
            sessionTimeout.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Registers, and stays until its standard input ends. */
  public static void main(String[] arguments) throws Exception {
    var settings =
        new ZooKeeperSettings(
            arguments[0],
            RealServer.ROOT,
            RealServer.TOKEN,
            Duration.parse(arguments[2]),
            Duration.ofSeconds(20));
    try (Coordinator agent = ZooKeeperCoordinator.open(settings)) {
      agent.register(new Member(arguments[1], Nodes.agent(1)), agent.revisionMark(arguments[1]));
      while (System.in.read() >= 0) {
        // Waits for the end.
      }
    }
  }
}
