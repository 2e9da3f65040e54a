package io.cloudtask.center.init;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Founding;
import io.cloudtask.coordination.Founding.Outcome;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ClusterToken;
import io.cloudtask.settings.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Makes a cluster, and tells what it did and what is next. */
final class Init {
  private final InitConfig config;
  private final SecureRandom random;
  private final List<String> report = new ArrayList<>();

  Init(InitConfig config, SecureRandom random) {
    this.config = config;
    this.random = random;
  }

  /**
   * Does it.
   *
   * @return the report, in lines
   * @throws ConfigException when there is a cluster with another token
   * @throws IOException when a file can't be written, or the coordinator does not answer
   */
  String run() throws ConfigException, IOException {
    boolean fresh = !Files.exists(config.tokenFile());
    String token =
        fresh ? TokenFile.make(config.tokenFile(), random) : ClusterToken.read(config.tokenFile());
    Outcome outcome;
    try {
      outcome =
          Founding.found(
              ZooKeeperSettings.of(config.hosts(), config.root(), token), config.shared());
    } catch (CoordinationException e) {
      forget(fresh);
      throw new IOException(e.getMessage(), e);
    }
    switch (outcome) {
      case Outcome.OtherToken() -> {
        forget(fresh);
        throw new ConfigException(otherToken(fresh));
      }
      case Outcome.Founded founded -> tell(founded, fresh);
    }
    return String.join("\n", report);
  }

  /** A token that opens nothing would be in the way of the right one. */
  private void forget(boolean fresh) throws IOException {
    if (fresh) {
      Files.deleteIfExists(config.tokenFile());
    }
  }

  private String otherToken(boolean fresh) {
    return "there is a cluster at %s%s already, and %s. Copy the token file of one of its hosts to %s, "
            .formatted(
                config.hosts(),
                config.root(),
                fresh
                    ? "there is no " + config.tokenFile() + " here"
                    : config.tokenFile() + " holds another token than it has",
                config.tokenFile())
        + "or choose another cluster.root for a new cluster. Nothing was changed.";
  }

  private void tell(Outcome.Founded founded, boolean fresh) throws IOException {
    say(
        "%s the cluster at %s%s"
            .formatted(founded.made() ? "made" : "found", config.hosts(), config.root()));
    tellAddresses(founded);
    if (!founded.closed().isEmpty()) {
      say("closed to strangers, as an older version had left it: " + founded.closed());
    }
    if (config.namesDriver()) {
      say("left out storagedriver: each center's own file says where its store is (store.url),");
      say("  and nothing secret belongs into the coordinator");
    }
    say((fresh ? "made" : "used") + " the cluster's token: " + config.tokenFile());
    if (fresh || founded.made()) {
      say("  copy it to every host that runs a center or an agent, for that user's eyes only");
      if (!Files.exists(config.adminTokenFile())) {
        TokenFile.make(config.adminTokenFile(), random);
        say("made the administrator's token: " + config.adminTokenFile());
      }
      next();
    }
  }

  private void tellAddresses(Outcome.Founded founded) {
    ServerConfig shared = config.shared();
    boolean same = founded.replaced().filter(shared::equals).isPresent();
    say(same ? "kept what all share:" : "wrote what all share:");
    say("  centerhost  " + shared.centerhost());
    say("  websitehost " + shared.websitehost());
    founded
        .replaced()
        .filter(before -> !before.equals(shared))
        .ifPresent(
            before -> say("  before: %s, %s".formatted(before.centerhost(), before.websitehost())));
  }

  private void next() {
    Path admin = config.adminTokenFile();
    say("next:");
    say("  start a center where " + admin + " is: ./cloudtask center -f etc/center.yaml");
    say("  ask it as the administrator:");
    say("    export CLOUDTASK_URL=" + config.shared().websitehost());
    say("    export CLOUDTASK_TOKEN=$(cat " + admin + ")");
    say("    ./cloudtask agent list");
    say("  start agents on other hosts: ./cloudtask agent -f etc/agent.yaml");
  }

  private void say(String line) {
    report.add(line);
  }
}
