package io.cloudtask.center.init;

import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ClusterKeys;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.ConfigFile;
import io.cloudtask.settings.Settings;
import io.cloudtask.settings.Variables;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is to be made.
 *
 * @param hosts of the coordinator
 * @param root path at the coordinator
 * @param tokenFile holds the cluster token, or will
 * @param adminTokenFile holds the administrator's token, or will
 * @param shared what all nodes are told
 * @param namesDriver whether the file names a storage driver, as those of older versions do
 */
record InitConfig(
    String hosts,
    String root,
    Path tokenFile,
    Path adminTokenFile,
    ServerConfig shared,
    boolean namesDriver) {
  private static final Variables VARIABLES =
      Variables.SHARED.with("CLOUDTASK_ADMINTOKENFILE", "admintokenfile");

  static InitConfig read(Path file, Map<String, String> environment) throws ConfigException {
    return of(ConfigFile.read(file, VARIABLES, environment));
  }

  static InitConfig read(String text, Map<String, String> environment) throws ConfigException {
    return of(ConfigFile.read(text, VARIABLES, environment));
  }

  private static InitConfig of(Settings settings) throws ConfigException {
    InitConfig config =
        new InitConfig(
            ClusterKeys.hosts(settings),
            ClusterKeys.root(settings),
            path(settings, "cluster.tokenfile", "./cluster-token"),
            path(settings, "admintokenfile", "./admin-token"),
            new ServerConfig(address(settings, "websitehost"), address(settings, "centerhost")),
            settings.passOver("storagedriver"));
    settings.check();
    return config;
  }

  private static Path path(Settings settings, String key, String usual) {
    return Path.of(settings.matching(key, usual, ".+", "the path of a file"));
  }

  private static String address(Settings settings, String key) {
    String url = settings.baseUrl(key);
    if (url.isEmpty()) {
      settings.problem(key, "is missing; name the address that all nodes are to use");
    }
    return url;
  }
}
