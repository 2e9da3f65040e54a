package io.cloudtask.agent.config;

import io.cloudtask.agent.config.AgentConfig.Auth;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of an agent: a file, and over it the environment. */
public final class AgentConfigReader {
  private static final long MIB = 1024L * 1024;
  private static final long GIB = 1024 * MIB;
  private static final Variables VARIABLES =
      Variables.SHARED
          .with("CLOUDTASK_API_ENABLECORS", "api.enablecors")
          .with("CLOUDTASK_CACHE_MAXJOBS", "cache.maxjobs")
          .with("CLOUDTASK_CACHE_DIRECTORY", "cache.savedirectory")
          .with("CLOUDTASK_CACHE_AUTOCLEAN", "cache.autoclean")
          .with("CLOUDTASK_CACHE_CLEANINTERVAL", "cache.cleaninterval")
          .with("CLOUDTASK_CACHE_PULLRECOVERY", "cache.pullrecovery")
          .with("CLOUDTASK_CACHE_PACKAGELIMIT", "cache.packagelimit");

  private AgentConfigReader() {}

  /**
   * Reads a file.
   *
   * @param environment of the process; its {@code CLOUDTASK_} variables win over the file
   * @throws ConfigException naming all that is to be mended
   */
  public static AgentConfig read(Path file, Map<String, String> environment)
      throws ConfigException {
    return interpret(ConfigFile.read(file, VARIABLES, environment));
  }

  /** Reads the text of a file. */
  public static AgentConfig read(String text, Map<String, String> environment)
      throws ConfigException {
    return interpret(ConfigFile.read(text, VARIABLES, environment));
  }

  /**
   * The same from settings that a program has made.
   *
   * @param values by dotted key, such as {@code cluster.runtime}; lists comma separated
   */
  public static AgentConfig of(Map<String, String> values) throws ConfigException {
    return interpret(ConfigFile.of(values));
  }

  /** What a person can write: its keys, and the variables of the environment. */
  static Set<String> words() throws ConfigException {
    Settings least = ConfigFile.of(Map.of("cluster.runtime", "r", "cluster.tokenfile", "t"));
    AgentConfig _ = interpret(least);
    return Stream.concat(VARIABLES.names().stream(), least.keys().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static AgentConfig interpret(Settings settings) throws ConfigException {
    Auth auth = settings.oneOf("api.auth", Auth.LOCAL);
    String tokenFile = settings.text("cluster.tokenfile", "");
    long limit = settings.number("cache.packagelimit", 2 * GIB, MIB, 10 * GIB);
    SystemConfig system =
        new SystemConfig(
            settings.text("version", "v.3.0.0"),
            settings.matching("pidfile", "./jobworker.pid", ".+", "the path of a file"),
            settings.flag("retrystartup", true),
            settings.flag("useserverconfig", true),
            settings.baseUrl("centerhost"),
            settings.baseUrl("websitehost"),
            cluster(settings),
            api(settings),
            cache(settings),
            LogSettings.read(settings, "./logs/jobworker.log"));
    AgentConfig config =
        new AgentConfig(
            system,
            auth,
            tokenFile.isEmpty() ? null : Path.of(tokenFile),
            TlsFiles.read(settings),
            limit);
    checkTogether(config, settings);
    settings.check();
    return config;
  }

  private static SystemConfig.Cluster cluster(Settings settings) {
    return new SystemConfig.Cluster(
        ClusterKeys.hosts(settings),
        ClusterKeys.root(settings),
        settings.text("cluster.device", ""),
        ClusterKeys.runtime(settings),
        settings.text("cluster.os", ""),
        settings.text("cluster.platform", ""),
        settings.duration("cluster.pulse", "8s", "500ms", "1h"),
        (int) settings.number("cluster.threshold", 1, 1, 100));
  }

  private static SystemConfig.Api api(Settings settings) {
    return new SystemConfig.Api(
        settings.list("api.hosts", List.of(":8600"), Listen::parse, "a list of " + Listen.ALLOWED),
        settings.flag("api.enablecors", true));
  }

  private static SystemConfig.Cache cache(Settings settings) {
    return new SystemConfig.Cache(
        (int) settings.number("cache.maxjobs", 255, 1, 100_000),
        settings.matching("cache.savedirectory", "./cache", ".+", "the path of a directory"),
        settings.flag("cache.autoclean", true),
        settings.duration("cache.cleaninterval", "30m"),
        settings.duration("cache.pullrecovery", "300s"));
  }

  private static void checkTogether(AgentConfig config, Settings settings) {
    SystemConfig system = config.system();
    if (system.cluster().runtime().isEmpty()) {
      settings.problem("cluster.runtime", "is missing; name the cluster of hosts it belongs to");
    }
    if (!system.useserverconfig() && system.centerhost().isEmpty()) {
      settings.problem("centerhost", "is missing; it is needed while useserverconfig is false");
    }
    if (!system.useserverconfig() && system.websitehost().isEmpty()) {
      settings.problem("websitehost", "is missing; it is needed while useserverconfig is false");
    }
    tokenProblem(config).ifPresent(problem -> settings.problem("api.hosts", problem));
  }

  private static Optional<String> tokenProblem(AgentConfig config) {
    @Nullable Path tokenFile = config.tokenFile();
    if (tokenFile != null || config.auth() == Auth.NONE) {
      return Optional.empty();
    }
    if (config.auth() == Auth.TOKEN) {
      return Optional.of("would admit nobody: api.auth is token, but cluster.tokenfile is not set");
    }
    return config.listens().stream().allMatch(Listen::isLoopback)
        ? Optional.empty()
        : Optional.of(
            config.system().api().hosts()
                + " can be reached from other hosts, but there is no cluster token: set"
                + " cluster.tokenfile, or listen on 127.0.0.1:8600 only, or, where everybody may"
                + " start jobs, say api.auth: none");
  }
}
