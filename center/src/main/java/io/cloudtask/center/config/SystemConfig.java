package io.cloudtask.center.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.LogSettings;
import io.cloudtask.settings.WrittenDuration;
import java.util.List;
import java.util.Locale;

/**
 * The configuration as {@code _ping} shows it: nothing that is secret, and durations as they were
 * written.
 *
 * @param version of the configuration
 * @param pidfile where the process id is written
 * @param retrystartup whether the start waits for a store or coordinator that does not answer
 * @param useserverconfig whether centerhost and websitehost follow the coordinator
 * @param centerhost base URL of the center API; "" means this center's own
 * @param websitehost base URL of the console, where packages are; "" means this center's own
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
  "console",
  "scheduler",
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
    Addresses api,
    Addresses console,
    Scheduler scheduler,
    Cache cache,
    LogSettings logger) {

  /** The same with the addresses that are in force. */
  public SystemConfig with(ServerConfig addresses) {
    return new SystemConfig(
        version,
        pidfile,
        retrystartup,
        useserverconfig,
        addresses.centerhost(),
        addresses.websitehost(),
        cluster,
        api,
        console,
        scheduler,
        cache,
        logger);
  }

  /**
   * How the center joins.
   *
   * @param hosts of the coordinator, {@code host:port} comma separated
   * @param root path at the coordinator
   * @param device ip address or interface name to register with; "" chooses
   * @param runtime made at the start when there is none of that name; "" makes none
   * @param os overrides what is registered; "" means the host's
   * @param platform overrides what is registered; "" means the host's
   * @param pulse time between heartbeats
   * @param timeout time without a heartbeat of an agent that counts as one missed
   * @param threshold how many missed ones put an agent offline
   */
  public record Cluster(
      String hosts,
      String root,
      String device,
      String runtime,
      String os,
      String platform,
      WrittenDuration pulse,
      WrittenDuration timeout,
      int threshold) {}

  /**
   * Where a port listens.
   *
   * @param hosts {@code [address]:port} each; an empty address listens on all of them
   */
  public record Addresses(List<String> hosts) {
    public Addresses {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * How jobs are placed.
   *
   * @param mode by what a job finds its agent
   * @param allocrecovery how long an agent that was taken for dead has to be back until jobs that
   *     others hold move to it
   * @param lease for how long the word of a center lets an agent start jobs; a dead one keeps its
   *     jobs for as long
   * @param skew how far the clock of an agent may be off
   */
  @JsonPropertyOrder({"allocmode", "allocrecovery", "lease", "skew"})
  public record Scheduler(
      @JsonIgnore Mode mode,
      WrittenDuration allocrecovery,
      WrittenDuration lease,
      WrittenDuration skew) {
    /** The mode as it is written. */
    @JsonProperty
    public String allocmode() {
      return mode.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is kept at hand.
   *
   * @param lrusize pieces of packages that are kept in memory, 256 KiB each
   * @param storagedriver the kind of store that is meant, sqlite or postgresql; "" means any
   */
  public record Cache(int lrusize, String storagedriver) {}
}
