package io.cloudtask.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which variables of the environment stand for which keys of a role. Immutable. */
public final class Variables {
  /** None. */
  public static final Variables NONE = new Variables(Map.of());

  /** Those that every role knows. */
  public static final Variables SHARED =
      new Variables(Map.of())
          .with("CLOUDTASK_PIDFILE", "pidfile")
          .with("CLOUDTASK_RETRYSTARTUP", "retrystartup")
          .with("CLOUDTASK_USESERVERCONFIG", "useserverconfig")
          .with("CLOUDTASK_CENTERHOST", "centerhost")
          .with("CLOUDTASK_WEBSITEHOST", "websitehost")
          .with("CLOUDTASK_CLUSTER_HOSTS", "cluster.hosts")
          .with("CLOUDTASK_CLUSTER_NAME", "cluster.root")
          .with("CLOUDTASK_CLUSTER_DEVICE", "cluster.device")
          .with("CLOUDTASK_CLUSTER_RUNTIME", "cluster.runtime")
          .with("CLOUDTASK_CLUSTER_PULSE", "cluster.pulse")
          .with("CLOUDTASK_CLUSTER_THRESHOLD", "cluster.threshold")
          .with("CLOUDTASK_CLUSTER_TOKENFILE", "cluster.tokenfile")
          .with("CLOUDTASK_API_HOST", "api.hosts")
          .with("CLOUDTASK_API_AUTH", "api.auth")
          .with("CLOUDTASK_API_TLS_CERTFILE", "api.tls.certfile")
          .with("CLOUDTASK_API_TLS_KEYFILE", "api.tls.keyfile")
          .with("CLOUDTASK_API_TLS_CAFILE", "api.tls.cafile")
          .with("CLOUDTASK_LOG_FILE", "logger.logfile")
          .with("CLOUDTASK_LOG_LEVEL", "logger.loglevel")
          .with("CLOUDTASK_LOG_SIZE", "logger.logsize");

  private final Map<String, String> keys;

  private Variables(Map<String, String> keys) {
    this.keys = keys;
  }

  /** These and one more. */
  public Variables with(String variable, String key) {
    Map<String, String> more = new LinkedHashMap<>(keys);
    more.put(variable, key);
    return new Variables(more);
  }

  /** Their names. */
  public Set<String> names() {
    return Set.copyOf(keys.keySet());
  }

  /** What the environment says; variables that stand for no key are none of our business. */
  Map<String, Setting> settings(Map<String, String> environment) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    keys.forEach((name, key) -> {
      String value = environment.get(name);
      if (value != null) {
        String where = "environment variable " + name;
        settings.put(key, new Setting(key, List.of(value), false, where));
      }
    });
    return settings;
  }
}
