package io.cloudtask.agent.config;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.LogSettings;
import io.cloudtask.settings.WrittenDuration;
import java.time.Duration;
import java.util.List;

/**
 * The configuration as {@code _ping} shows it: the fields of the manual in its order, and nothing
 * that is secret. Durations appear as they were written.
 *
 * @param version of the configuration
 * @param pidfile where the process id is written
 * @param retrystartup whether the start waits for a coordinator that does not answer
 * @param useserverconfig whether centerhost and websitehost follow the coordinator
 * @param centerhost base URL of the center API
 * @param websitehost base URL of the console, where packages are
 */
@JsonPropertyOrder({
  "version",
  "pidfile",
  "retrystartup",
  "useserverconfig",
  "centerhost",
  "websitehost",
  "cluster",
  "api",
  "cache",
  "logger"
})
public record SystemConfig(
    String version,
    String pidfile,
    boolean retrystartup,
    boolean useserverconfig,
    String centerhost,
    String websitehost,
    Cluster cluster,
    Api api,
    Cache cache,
    LogSettings logger) {

  /** What is in force when all nodes share a configuration, unless this node has its own. */
  public SystemConfig following(ServerConfig shared) {
    if (!useserverconfig) {
      return this;
    }
    return with(
        shared.centerhost().isEmpty() ? centerhost : shared.centerhost(),
        shared.websitehost().isEmpty() ? websitehost : shared.websitehost(),
        api);
  }

  /** The same with other addresses. */
  SystemConfig listeningOn(List<String> hosts) {
    return with(centerhost, websitehost, new Api(hosts, api.enablecors()));
  }

  private SystemConfig with(String center, String website, Api listening) {
    return new SystemConfig(
        version,
        pidfile,
        retrystartup,
        useserverconfig,
        center,
        website,
        cluster,
        listening,
        cache,
        logger);
  }

  /**
   * How the agent joins.
   *
   * @param hosts of the coordinator, {@code host:port} comma separated
   * @param root path at the coordinator
   * @param device ip address or interface name to register with; "" chooses
   * @param runtime name of the cluster of hosts it belongs to
   * @param os overrides what is registered; "" means the host's
   * @param platform overrides what is registered; "" means the host's
   * @param pulse time between heartbeats
   * @param threshold missed heartbeats that are tolerated
   */
  public record Cluster(
      String hosts,
      String root,
      String device,
      String runtime,
      String os,
      String platform,
      WrittenDuration pulse,
      int threshold) {}

  /**
   * How the API is reached.
   *
   * @param hosts {@code [address]:port} each; an empty address listens on all of them
   * @param enablecors whether pages of this host may call it
   */
  public record Api(List<String> hosts, boolean enablecors) {
    public Api {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * What is kept on disk.
   *
   * @param maxjobs jobs held at most
   * @param savedirectory where work directories, runs and the journal are
   * @param autoclean whether work directories of jobs no longer held are removed
   * @param cleaninterval time between two cleanings
   * @param pullrecovery time until a package that failed is tried again
   */
  public record Cache(
      int maxjobs,
      String savedirectory,
      boolean autoclean,
      WrittenDuration cleaninterval,
      WrittenDuration pullrecovery) {
    /** Time between two cleanings; zero when there are none. */
    public Duration cleaning() {
      return autoclean ? cleaninterval.value() : Duration.ZERO;
    }
  }
}
