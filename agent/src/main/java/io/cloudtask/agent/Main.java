package io.cloudtask.agent;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.agent.config.AgentConfigReader;
import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.settings.ClusterToken;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Log;
import io.cloudtask.settings.NodeKey;
import io.cloudtask.settings.PidFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs an agent until it is told to end. */
public final class Main {
  private static final int OK = 0;

  /** The numbers of sysexits.h, which service managers know. */
  private static final int USAGE = 64;

  private static final int UNAVAILABLE = 69;
  private static final int CONFIG = 78;

  private static final Duration STOP = Duration.ofSeconds(9);
  private static final String HELP =
      """
      Usage: cloudtask agent [-f FILE]
      Runs the jobs that a center assigns to this host.

        -f FILE   the configuration, YAML or JSON (agent.yaml in the working directory)
        -h, --help

      CLOUDTASK_ variables of the environment win over the file. etc/agent.yaml explains every key.
      When it runs it prints one line on standard output: ready agent=URL
      SIGTERM or Ctrl-C ends it within 10 s; jobs that run go on, and the next start finds them.
      Exit codes: 64 wrong arguments, 69 something it needs is not there, 78 wrong configuration.
      """;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments = Arguments.read(args);
    if (arguments.wrong() != null) {
      System.err.println("cloudtask agent: " + arguments.wrong() + "\n\n" + HELP);
      System.exit(USAGE);
    }
    if (arguments.help()) {
      System.out.print(HELP);
      System.exit(OK);
    }
    try {
      run(AgentConfigReader.read(arguments.file(), System.getenv()));
    } catch (ConfigException e) {
      fail(CONFIG, arguments.file() + ": the agent can't start\n" + e.getMessage());
    } catch (IOException | CoordinationException e) {
      fail(UNAVAILABLE, "the agent can't start: " + e.getMessage());
    }
  }

  private static void run(AgentConfig config)
      throws ConfigException, IOException, CoordinationException, InterruptedException {
    SystemConfig system = config.system();
    Clock clock = Clock.system(ZoneId.systemDefault());
    String token = token(config);
    PidFile pid = PidFile.take(Path.of(system.pidfile()), ProcessHandle.current().pid());
    Log.configure(system.logger(), clock.getZone());
    String key = NodeKey.readOrCreate(Path.of(NodeKey.AGENT_FILE));
    ZooKeeperSettings coordinator =
        ZooKeeperSettings.of(system.cluster().hosts(), system.cluster().root(), token);
    if (!system.retrystartup()) {
      requireCoordinator(coordinator);
    }
    AgentRole role =
        AgentRole.start(config, key, token, () -> ZooKeeperCoordinator.open(coordinator), clock);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(role, pid), "stop"));
    System.out.println("ready agent=" + role.url());
    ended.await();
  }

  private static String token(AgentConfig config) throws ConfigException {
    Path file = config.tokenFile();
    if (file == null) {
      throw new ConfigException(
          "cluster.tokenfile is missing; name a file with the cluster's token, the center has it");
    }
    return ClusterToken.read(file);
  }

  private static void requireCoordinator(ZooKeeperSettings settings) throws CoordinationException {
    try (ZooKeeperCoordinator session = ZooKeeperCoordinator.open(settings)) {
      session.serverConfig();
    }
  }

  /** Bounded from outside too: a disk that hangs must not keep a service manager waiting. */
  private static void stop(AgentRole role, PidFile pid) {
    Thread closing =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              role.close();
              pid.close();
            });
    try {
      closing.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(int code, String message) {
    System.err.println("cloudtask agent: " + message);
    System.exit(code);
  }

  /**
   * What was said on the command line.
   *
   * @param wrong what is wrong with it, null when nothing is
   */
  record Arguments(Path file, boolean help, @Nullable String wrong) {
    private static final Path USUAL = Path.of("agent.yaml");

    static Arguments read(String[] args) {
      Path file = USUAL;
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "-h", "--help" -> {
            return new Arguments(file, true, null);
          }
          case "-f", "--file" -> {
            i++;
            if (i == args.length) {
              return new Arguments(file, false, "-f needs the name of a file");
            }
            file = Path.of(args[i]);
          }
          default -> {
            return new Arguments(file, false, "what is \"" + args[i] + "\"?");
          }
        }
      }
      return new Arguments(file, false, null);
    }
  }
}
