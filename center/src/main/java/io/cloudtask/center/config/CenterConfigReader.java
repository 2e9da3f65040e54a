package io.cloudtask.center.config;

import io.cloudtask.center.access.Admission;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.settings.ClusterKeys;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.ConfigFile;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.LogSettings;
import io.cloudtask.settings.Settings;
import io.cloudtask.settings.TlsFiles;
import io.cloudtask.settings.Variables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the configuration of a center: a file, and over it the environment. */
public final class CenterConfigReader {
  private static final Variables VARIABLES =
      Variables.SHARED
          .with("CLOUDTASK_ADMINTOKENFILE", "admintokenfile")
          .with("CLOUDTASK_DIRECTORY", "directory")
          .with("CLOUDTASK_CLUSTER_TIMEOUT", "cluster.timeout")
          .with("CLOUDTASK_CONSOLE_HOST", "console.hosts")
          .with("CLOUDTASK_SCHEDULER_ALLOCMODE", "scheduler.allocmode")
          .with("CLOUDTASK_SCHEDULER_ALLOCRECOVERY", "scheduler.allocrecovery")
          .with("CLOUDTASK_SCHEDULER_LEASE", "scheduler.lease")
          .with("CLOUDTASK_SCHEDULER_SKEW", "scheduler.skew")
          .with("CLOUDTASK_STORE_URL", "store.url")
          .with("CLOUDTASK_STORE_USER", "store.user")
          .with("CLOUDTASK_STORE_PASSWORD", "store.password")
          .with("CLOUDTASK_STORE_PASSWORDFILE", "store.passwordfile")
          .with("CLOUDTASK_STORE_POOLSIZE", "store.poolsize");

  private final Settings settings;

  private CenterConfigReader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads a file.
   *
   * @param environment of the process; its {@code CLOUDTASK_} variables win over the file
   * @throws ConfigException naming all that is to be mended
   */
  public static CenterConfig read(Path file, Map<String, String> environment)
      throws ConfigException {
    return new CenterConfigReader(ConfigFile.read(file, VARIABLES, environment)).config();
  }

  /** Reads the text of a file. */
  public static CenterConfig read(String text, Map<String, String> environment)
      throws ConfigException {
    return new CenterConfigReader(ConfigFile.read(text, VARIABLES, environment)).config();
  }

  /**
   * Reads a file that has the section {@code notifications} alone.
   *
   * @throws ConfigException naming all that is to be mended
   */
  public static NotifySettings notifications(Path file, Map<String, String> environment)
      throws ConfigException {
    Settings settings = ConfigFile.read(file, Variables.NONE, environment);
    NotifySettings notifications = new EndpointKeys(settings).notifications();
    settings.check();
    return notifications;
  }

  /** What a person can write: its keys, and the variables of the environment. */
  static Set<String> words() throws ConfigException {
    Settings least = ConfigFile.of(Map.of("cluster.tokenfile", "t"));
    CenterConfig _ = new CenterConfigReader(least).config();
    return Stream.concat(VARIABLES.names().stream(), least.keys().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private CenterConfig config() throws ConfigException {
    SystemConfig system = system();
    Admission auth = settings.oneOf("api.auth", Admission.LOCAL);
    Path directory = path("directory", "./center", "the path of a directory");
    String token = settings.text("cluster.tokenfile", "");
    if (token.isEmpty()) {
      settings.problem(
          "cluster.tokenfile", "is missing; name the file that './cloudtask init' has made");
    }
    CenterConfig config =
        new CenterConfig(
            system,
            auth,
            TlsFiles.read(settings),
            Path.of(token),
            path("admintokenfile", "./admin-token", "the path of a file"),
            new StoreKeys(settings).place(directory, system.cache().storagedriver()),
            new EndpointKeys(settings).notifications(),
            directory);
    settings.check();
    return config;
  }

  private SystemConfig system() {
    return new SystemConfig(
        settings.text("version", "v.3.0.0"),
        settings.matching("pidfile", "./jobserver.pid", ".+", "the path of a file"),
        settings.flag("retrystartup", true),
        settings.flag("useserverconfig", true),
        settings.baseUrl("centerhost"),
        settings.baseUrl("websitehost"),
        cluster(),
        listens("api.hosts", ":8985"),
        listens("console.hosts", ":8091"),
        scheduler(),
        cache(),
        LogSettings.read(settings, "./logs/jobserver.log"));
  }

  private SystemConfig.Cluster cluster() {
    return new SystemConfig.Cluster(
        ClusterKeys.hosts(settings),
        ClusterKeys.root(settings),
        settings.text("cluster.device", ""),
        ClusterKeys.runtime(settings),
        settings.text("cluster.os", ""),
        settings.text("cluster.platform", ""),
        settings.duration("cluster.pulse", "30s", "500ms", "1h"),
        settings.duration("cluster.timeout", "60s", "1s", "24h"),
        (int) settings.number("cluster.threshold", 1, 1, 100));
  }

  private SystemConfig.Addresses listens(String key, String usual) {
    return new SystemConfig.Addresses(
        settings.list(key, List.of(usual), Listen::parse, "a list of " + Listen.ALLOWED));
  }

  private SystemConfig.Scheduler scheduler() {
    return new SystemConfig.Scheduler(
        settings.oneOf("scheduler.allocmode", Mode.HASH),
        settings.duration("scheduler.allocrecovery", "320s", "1s", "24h"),
        settings.duration("scheduler.lease", "8s", "1s", "5m"),
        settings.duration("scheduler.skew", "1s", "100ms", "1m"));
  }

  private SystemConfig.Cache cache() {
    return new SystemConfig.Cache(
        (int) settings.number("cache.lrusize", 64, 0, 4096),
        settings.matching(
            "cache.storagedriver", "", "|sqlite|postgresql", "one of sqlite, postgresql"));
  }

  private Path path(String key, String usual, String allowed) {
    return Path.of(settings.matching(key, usual, ".+", allowed));
  }
}
