package io.cloudtask.center;

import io.cloudtask.center.CenterSettings.AdminToken;
import io.cloudtask.center.config.CenterConfig;
import io.cloudtask.center.config.CenterConfigReader;
import io.cloudtask.settings.Arguments;
import io.cloudtask.settings.ClusterToken;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Log;
import io.cloudtask.settings.NodeKey;
import io.cloudtask.settings.Parts;
import io.cloudtask.settings.PidFile;
import io.cloudtask.settings.RoleProgram;
import io.cloudtask.settings.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a center until it is told to end. */
public final class Main {
  private static final String ADMIN_TOKEN_FILE = "--admin-token-file";
  private static final String HELP =
      """
      Usage: cloudtask center [-f FILE] [--admin-token-file FILE]
      Takes job definitions, gives jobs to agents, keeps the ledger, and serves the console.

        -f FILE   the configuration, YAML or JSON (center.yaml in the working directory)
        --admin-token-file FILE   makes what the file holds the administrator's token, in the
                  place of the one before; only the owner may be able to read the file
        -h, --help

      CLOUDTASK_ variables of the environment win over the file. etc/center.yaml explains every key.
      When it runs it prints one line on standard output: ready console=URL center=URL
      SIGTERM or Ctrl-C ends it within 10 s; agents and their jobs go on.
      Exit codes: 64 wrong arguments, 69 something it needs is not there, 78 wrong configuration.
      """;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    new RoleProgram("center", HELP, "center.yaml", Set.of(ADMIN_TOKEN_FILE))
        .live(args, Main::start);
  }

  private static String start(Arguments arguments, Parts parts)
      throws ConfigException, IOException {
    CenterConfig config = CenterConfigReader.read(arguments.file(), System.getenv());
    Clock clock = Clock.system(ZoneId.systemDefault());
    String token = ClusterToken.read(config.tokenFile());
    @Nullable AdminToken admin = admin(arguments.value(ADMIN_TOKEN_FILE), config, token);
    Path pidFile = Path.of(config.system().pidfile());
    parts.add("pid file", PidFile.take(pidFile, ProcessHandle.current().pid()));
    Log.begin(config.system().logger(), clock.getZone());
    String key = NodeKey.readOrCreate(Path.of(NodeKey.CENTER_FILE));
    CenterRole role =
        new CenterRole(config, key, new CenterSettings.Secrets(token, admin), parts, clock);
    return role.start().readyLine();
  }

  /** The one that replaces, or the one for the first start. */
  private static @Nullable AdminToken admin(
      Optional<String> said, CenterConfig config, String clusterToken) throws ConfigException {
    if (said.isEmpty() && !Files.exists(config.adminTokenFile())) {
      return null;
    }
    Path file = said.map(Path::of).orElse(config.adminTokenFile());
    String what = said.isPresent() ? ADMIN_TOKEN_FILE : "admintokenfile";
    try {
      String token = SecretFiles.read(file);
      if (token.length() < ClusterToken.SHORTEST || token.equals(clusterToken)) {
        throw new ConfigException(
            "%s must hold at least %d characters that are not the cluster's token"
                .formatted(file, ClusterToken.SHORTEST));
      }
      return new AdminToken(token, said.isPresent());
    } catch (ConfigException e) {
      throw new ConfigException(what + ": " + e.getMessage());
    }
  }
}
