package io.cloudtask.agent.config;

import io.cloudtask.agent.config.AgentConfig.Auth;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of an agent: a file, and over it the environment. */
public final class AgentConfigReader {
  private static final long MIB = 1024L * 1024;
  private static final long GIB = 1024 * MIB;
  private static final int LARGEST_FILE = 1024 * 1024;

  /** The log's levels, as they are written. */
  public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  private AgentConfigReader() {}

  /**
   * Reads a file.
   *
   * @param environment of the process; its {@code CLOUDTASK_} variables win over the file
   * @throws ConfigException naming all that is to be mended
   */
  public static AgentConfig read(Path file, Map<String, String> environment)
      throws ConfigException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new ConfigException(file + " has more than 1 MiB; that is not a configuration");
      }
      return read(Files.readString(file), environment);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + " is not there; name the file with -f");
    } catch (MalformedInputException e) {
      throw new ConfigException(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException(file + " can't be read: " + e.getMessage());
    }
  }

  /** Reads the text of a file. */
  public static AgentConfig read(String text, Map<String, String> environment)
      throws ConfigException {
    Map<String, Setting> settings = new LinkedHashMap<>(ConfigText.parse(text));
    settings.putAll(Environment.settings(environment));
    return interpret(new Settings(settings));
  }

  /**
   * The same from settings that a program has made.
   *
   * @param values by dotted key, such as {@code cluster.runtime}; lists comma separated
   */
  public static AgentConfig of(Map<String, String> values) throws ConfigException {
    Map<String, Setting> settings = new LinkedHashMap<>();
    values.forEach((key, value) -> settings.put(key, Environment.setting(key, value, "built in")));
    return interpret(new Settings(settings));
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
            logger(settings));
    AgentConfig config =
        new AgentConfig(system, auth, tokenFile.isEmpty() ? null : Path.of(tokenFile), limit);
    checkTogether(config, settings);
    settings.check();
    return config;
  }

  private static SystemConfig.Cluster cluster(Settings settings) {
    return new SystemConfig.Cluster(
        settings.matching(
            "cluster.hosts",
            "127.0.0.1:2181",
            "[^\\s,/]+:\\d{1,5}(\\s*,\\s*[^\\s,/]+:\\d{1,5})*",
            "host:port of each coordinator, comma separated"),
        settings.matching(
            "cluster.root", "/cloudtask", "/[^\\s/]+(/[^\\s/]+)*", "a path such as /cloudtask"),
        settings.text("cluster.device", ""),
        settings.matching(
            "cluster.runtime",
            "",
            "[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}",
            "a name of at most 64 letters, digits, spaces, dots, dashes and underscores"),
        settings.text("cluster.os", ""),
        settings.text("cluster.platform", ""),
        settings.duration("cluster.pulse", "8s"),
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

  private static SystemConfig.Logger logger(Settings settings) {
    String file = settings.text("logger.logfile", "./logs/jobworker.log");
    LogLevel level = settings.oneOf("logger.loglevel", LogLevel.INFO);
    long size = settings.number("logger.logsize", 20 * MIB, 64 * 1024, GIB);
    return new SystemConfig.Logger(file, level.name().toLowerCase(Locale.ROOT), size);
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
