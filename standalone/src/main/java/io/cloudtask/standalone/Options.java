package io.cloudtask.standalone;

import io.cloudtask.settings.ClusterKeys;
import io.cloudtask.settings.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an operator may say. A port 0 is any free one. */
@Command(
    name = "cloudtask standalone",
    description =
        "A whole system on this machine, in one process: coordinator, center, console and agent.",
    footer = {
      "",
      "When everything runs it prints one line on standard output:",
      "  ready console=URL center=URL agent=URL coordinator=HOST:PORT data=DIR",
      "SIGTERM or Ctrl-C ends it within 10 s; jobs that run go on, and the next start finds them."
    },
    usageHelpAutoWidth = true)
final class Options {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "All state is in this directory (${DEFAULT-VALUE}).")
  Path data = Path.of("data");

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "What to listen at (${DEFAULT-VALUE}). Beyond loopback every request needs a token.")
  String host = "127.0.0.1";

  @Option(
      names = "--console-port",
      paramLabel = "PORT",
      description = "Of the console and its API (${DEFAULT-VALUE}).")
  int consolePort = 8091;

  @Option(
      names = "--center-port",
      paramLabel = "PORT",
      description = "Of the center API (${DEFAULT-VALUE}).")
  int centerPort = 8985;

  @Option(
      names = "--agent-port",
      paramLabel = "PORT",
      description = "Of the agent API (${DEFAULT-VALUE}).")
  int agentPort = 8600;

  @Option(
      names = "--coordinator-port",
      paramLabel = "PORT",
      description = "Of the embedded ZooKeeper, on loopback only (${DEFAULT-VALUE}).")
  int coordinatorPort = 2181;

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "The cluster that the agent belongs to (${DEFAULT-VALUE}).")
  String runtime = "local";

  @Option(
      names = "--notifications",
      paramLabel = "FILE",
      description =
          "YAML with the mail server and webhooks, as under notifications in etc/center.yaml.")
  @Nullable Path notifications;

  @Option(
      names = "--certfile",
      paramLabel = "FILE",
      description =
          "PEM: every port speaks TLS with this certificate, which has to name the address that"
              + " --host says, or 127.0.0.1.")
  @Nullable Path certificate;

  @Option(names = "--keyfile", paramLabel = "FILE", description = "PEM: its private key (PKCS#8).")
  @Nullable Path key;

  @Option(names = "--demo", description = "Add a handful of jobs that show what there is to see.")
  boolean demo;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Looks at what can be told to be wrong before anything is started. */
  void check() throws StartException {
    if (!runtime.matches(ClusterKeys.RUNTIME)) {
      throw new StartException(
          "--runtime \"" + runtime + "\" has to be " + ClusterKeys.RUNTIME_ALLOWED);
    }
    if ((certificate == null) != (key == null)) {
      throw new StartException("--certfile and --keyfile go together; one of them is missing");
    }
    Ports.check(this);
  }

  /**
   * What the ports speak. The parts of this process call each other, and so trust this certificate.
   */
  TlsFiles tls() {
    return new TlsFiles(certificate, key, certificate);
  }
}
