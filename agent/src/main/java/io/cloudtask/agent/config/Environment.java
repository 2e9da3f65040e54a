package io.cloudtask.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which variables of the environment stand for which keys. */
final class Environment {
  private static final String LIST = "api.hosts";
  private static final Map<String, String> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("CLOUDTASK_PIDFILE", "pidfile");
    KEYS.put("CLOUDTASK_RETRYSTARTUP", "retrystartup");
    KEYS.put("CLOUDTASK_USESERVERCONFIG", "useserverconfig");
    KEYS.put("CLOUDTASK_CENTERHOST", "centerhost");
    KEYS.put("CLOUDTASK_WEBSITEHOST", "websitehost");
    KEYS.put("CLOUDTASK_CLUSTER_HOSTS", "cluster.hosts");
    KEYS.put("CLOUDTASK_CLUSTER_NAME", "cluster.root");
    KEYS.put("CLOUDTASK_CLUSTER_DEVICE", "cluster.device");
    KEYS.put("CLOUDTASK_CLUSTER_RUNTIME", "cluster.runtime");
    KEYS.put("CLOUDTASK_CLUSTER_PULSE", "cluster.pulse");
    KEYS.put("CLOUDTASK_CLUSTER_THRESHOLD", "cluster.threshold");
    KEYS.put("CLOUDTASK_CLUSTER_TOKENFILE", "cluster.tokenfile");
    KEYS.put("CLOUDTASK_API_HOST", LIST);
    KEYS.put("CLOUDTASK_API_ENABLECORS", "api.enablecors");
    KEYS.put("CLOUDTASK_API_AUTH", "api.auth");
    KEYS.put("CLOUDTASK_CACHE_MAXJOBS", "cache.maxjobs");
    KEYS.put("CLOUDTASK_CACHE_DIRECTORY", "cache.savedirectory");
    KEYS.put("CLOUDTASK_CACHE_AUTOCLEAN", "cache.autoclean");
    KEYS.put("CLOUDTASK_CACHE_CLEANINTERVAL", "cache.cleaninterval");
    KEYS.put("CLOUDTASK_CACHE_PULLRECOVERY", "cache.pullrecovery");
    KEYS.put("CLOUDTASK_CACHE_PACKAGELIMIT", "cache.packagelimit");
    KEYS.put("CLOUDTASK_LOG_FILE", "logger.logfile");
    KEYS.put("CLOUDTASK_LOG_LEVEL", "logger.loglevel");
    KEYS.put("CLOUDTASK_LOG_SIZE", "logger.logsize");
  }

  private Environment() {}

  /** What the environment says; other variables are none of our business. */
  static Map<String, Setting> settings(Map<String, String> environment) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    KEYS.forEach((name, key) -> {
      String value = environment.get(name);
      if (value != null) {
        settings.put(key, setting(key, value, "environment variable " + name));
      }
    });
    return settings;
  }

  static Setting setting(String key, String value, String where) {
    if (!key.equals(LIST)) {
      return new Setting(key, List.of(value), false, where);
    }
    List<String> values = new ArrayList<>();
    for (String each : value.split(",", -1)) {
      values.add(each.strip());
    }
    return new Setting(key, values, true, where);
  }
}
