package io.cloudtask.center;

import io.cloudtask.center.CenterSettings.Doors;
import io.cloudtask.center.CenterSettings.Habits;
import io.cloudtask.center.CenterSettings.Secrets;
import io.cloudtask.center.CenterSettings.Self;
import io.cloudtask.center.CenterSettings.Sharing;
import io.cloudtask.center.access.Admission;
import io.cloudtask.center.accounts.FirstAdministrator;
import io.cloudtask.center.config.CenterConfig;
import io.cloudtask.center.config.SystemConfig;
import io.cloudtask.center.http.ListenException;
import io.cloudtask.center.lead.LeadSettings;
import io.cloudtask.center.packages.PackageRoutes;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.FileFaults;
import io.cloudtask.settings.Host;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Parts;
import io.cloudtask.settings.SecretFiles;
import io.cloudtask.settings.Tls;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** A center composed from a configuration, with the store and the session that it needs. */
final class CenterRole {
  private final CenterConfig config;
  private final String key;
  private final Secrets secrets;
  private final Parts parts;
  private final Clock clock;

  /** Where it is, for people of this host. */
  record Addresses(String console, String center) {
    String readyLine() {
      return "ready console=" + console + " center=" + center;
    }
  }

  /**
   * @param key of this center, a UUID
   * @param parts get what is started, also when the start fails
   */
  CenterRole(CenterConfig config, String key, Secrets secrets, Parts parts, Clock clock) {
    this.config = config;
    this.key = key;
    this.secrets = secrets;
    this.parts = parts;
    this.clock = clock;
  }

  /**
   * Starts everything and returns when both ports answer.
   *
   * @throws ConfigException when the configuration does not fit this host or cluster
   * @throws IOException when a port can't be had, or something that must answer does not
   */
  Addresses start() throws ConfigException, IOException {
    CenterSettings settings = settings();
    ownDirectory();
    SystemConfig.Cluster cluster = config.system().cluster();
    Patience patience = new Patience(config.system().retrystartup());
    Coordinator coordinator =
        parts.add("session with the coordinator", ZooKeeperCoordinator.open(coordinator(cluster)));
    patience.coordinator(coordinator);
    Store store = parts.add("store", patience.store(config.store(), clock));
    try {
      FirstAdministrator.introduce(store, clock.instant(), System.err);
      Center center = parts.add("center", Center.start(settings, store, coordinator, clock));
      return new Addresses(
          url(config.consoleListens().getFirst(), center.consolePort(), settings),
          url(config.centerListens().getFirst(), center.centerPort(), settings));
    } catch (ListenException | StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Its session is over when it is silent for a pulse and a quarter, or for the usual time where
   * that is shorter: another center leads then, and a leader needs no pulse to be there.
   */
  ZooKeeperSettings coordinator(SystemConfig.Cluster cluster) {
    ZooKeeperSettings usual =
        ZooKeeperSettings.of(cluster.hosts(), cluster.root(), secrets.clusterToken());
    Duration silence =
        ZooKeeperSettings.possible(cluster.pulse().value().multipliedBy(5).dividedBy(4));
    return silence.compareTo(usual.sessionTimeout()) < 0
        ? usual.withSessionTimeout(silence)
        : usual;
  }

  /** What the center is told of the configuration. */
  CenterSettings settings() throws ConfigException {
    SystemConfig system = config.system();
    SystemConfig.Cluster cluster = system.cluster();
    SystemConfig.Scheduler scheduler = system.scheduler();
    Listen first = config.centerListens().getFirst();
    Tls tls = Tls.open(config.tls());
    Host host =
        Host.describe(cluster.device(), cluster.os(), cluster.platform(), first).speaking(tls);
    Admission console = config.auth() == Admission.TOKEN ? Admission.TOKEN : Admission.LOCAL;
    return new CenterSettings(
        new Doors(config.consoleListens(), config.centerListens(), console, config.auth(), tls),
        new Self(key, host, cluster.runtime()),
        secrets,
        new Habits(
            cluster.pulse().value(),
            cluster.timeout().value().multipliedBy(cluster.threshold()),
            LeadSettings.CLUSTER.with(
                scheduler.mode(),
                scheduler.allocrecovery().value(),
                scheduler.lease().value(),
                scheduler.skew().value()),
            new PackageRoutes.Limits(PackageRoutes.DEFAULT_MAX_BYTES, system.cache().lrusize())),
        new Sharing(
            system.useserverconfig() ? Sharing.Mode.FOLLOW : Sharing.Mode.OWN,
            new ServerConfig(system.websitehost(), system.centerhost()),
            system::with),
        config.notifications(),
        config.directory());
  }

  private void ownDirectory() throws ConfigException {
    try {
      SecretFiles.directory(config.directory());
    } catch (IOException e) {
      throw new ConfigException("directory: can't be used: " + FileFaults.words(e));
    }
  }

  private static String url(Listen listen, int port, CenterSettings settings) {
    return listen.isEverywhere()
        ? settings.self().host().url(port)
        : listen.at(port).url(settings.doors().tls());
  }
}
