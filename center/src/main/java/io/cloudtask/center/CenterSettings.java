package io.cloudtask.center;

import io.cloudtask.center.access.Admission;
import io.cloudtask.center.exchange.Terms;
import io.cloudtask.center.lead.LeadSettings;
import io.cloudtask.center.notify.NotifySettings;
import io.cloudtask.center.packages.PackageRoutes;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Host;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.NodeKey;
import io.cloudtask.settings.Tls;
import io.cloudtask.store.HandOut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a center must be told.
 *
 * @param doors where it listens, and whom it admits
 * @param self who it is
 * @param secrets what callers present
 * @param habits what it does how often, and how much of it
 * @param sharing how it treats the addresses that all nodes share
 * @param notifications how people are told of events
 * @param data an existing directory for what is being uploaded
 */
public record CenterSettings(
    Doors doors,
    Self self,
    Secrets secrets,
    Habits habits,
    Sharing sharing,
    NotifySettings notifications,
    Path data) {
  /** The same, and people are told so. */
  public CenterSettings with(NotifySettings other) {
    return new CenterSettings(doors, self, secrets, habits, sharing, other, data);
  }

  /** The same, whose ports speak that. */
  public CenterSettings with(Tls tls) {
    Doors other =
        new Doors(doors.console, doors.center, doors.consoleAdmission, doors.centerAdmission, tls);
    return new CenterSettings(other, self, secrets, habits, sharing, notifications, data);
  }

  /**
   * Where it listens.
   *
   * @param console addresses of the REST API and the packages; a port 0 is any free one
   * @param center addresses of the agents and deployed clients
   * @param consoleAdmission of callers without a token at the console port
   * @param centerAdmission of callers without a token at the center port
   * @param tls what both ports speak, and by what agents are called
   */
  public record Doors(
      List<Listen> console,
      List<Listen> center,
      Admission consoleAdmission,
      Admission centerAdmission,
      Tls tls) {
    public Doors {
      console = List.copyOf(console);
      center = List.copyOf(center);
    }
  }

  /**
   * Who it is.
   *
   * @param key a UUID
   * @param host as others reach it
   * @param runtime made at the start when it does not exist; "" makes none
   */
  public record Self(String key, Host host, String runtime) {}

  /**
   * What callers present.
   *
   * @param clusterToken what nodes of the cluster present to each other
   * @param admin the administrator's token; null when the one of the store is to stay
   */
  public record Secrets(String clusterToken, @Nullable AdminToken admin) {
    public Secrets {
      if (clusterToken.length() < 16 || (admin != null && admin.value().length() < 16)) {
        throw new IllegalArgumentException("a token has fewer than 16 characters");
      }
      if (admin != null && admin.value().equals(clusterToken)) {
        throw new IllegalArgumentException("the administrator's token is the cluster's token");
      }
    }

    /** Without the tokens. */
    @Override
    public String toString() {
      return "Secrets[]";
    }
  }

  /**
   * A token of the administrator.
   *
   * @param replaces whether it takes the place of one that the store has
   */
  public record AdminToken(String value, boolean replaces) {
    /** Without the token. */
    @Override
    public String toString() {
      return "AdminToken[]";
    }
  }

  /**
   * What it does how often, and how much of it.
   *
   * @param pulse between heartbeats
   * @param silence for which an agent may show no sign of life until it gets no more jobs
   * @param leading how it works while it leads, and on what terms agents get jobs
   * @param packages how large they may be, and how much of them is kept in memory
   */
  public record Habits(
      Duration pulse, Duration silence, LeadSettings leading, PackageRoutes.Limits packages) {
    /** What the only center of a machine does. */
    public static final Habits ALONE =
        new Habits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            LeadSettings.ALONE,
            new PackageRoutes.Limits(PackageRoutes.DEFAULT_MAX_BYTES, 0));

    /** On what terms agents get jobs. */
    Terms terms() {
      return new Terms(
          leading.lease(),
          leading.skew(),
          leading.fencing() ? HandOut.Sole.BY_DEFINITION : HandOut.Sole.EVERY);
    }
  }

  /**
   * How it treats the addresses that all nodes share at the coordinator.
   *
   * @param written what its own configuration says; "" where its own address is meant
   * @param shown makes the configuration that {@code _ping} shows from those in force
   */
  public record Sharing(
      Sharing.Mode mode, ServerConfig written, Function<ServerConfig, Object> shown) {
    /** What is done with them. */
    public enum Mode {
      /** Its own are shared at each start: it is the only center. */
      PUBLISH,
      /** Those that are shared are taken, also when they change; its own are shared if none are. */
      FOLLOW,
      /** Its own are used, and nothing is shared. */
      OWN
    }
  }

  /**
   * The only center of a machine, with the usual habits. It keeps its key in its directory.
   *
   * @param runtime made at the start when it does not exist
   * @throws IllegalArgumentException when a token is too short to be random, or both are one
   * @throws IllegalStateException when the key file can't be used, or the host is not this one
   */
  public static CenterSettings of(
      String host,
      int consolePort,
      int centerPort,
      Path data,
      String adminToken,
      String clusterToken,
      String runtime) {
    Listen console = new Listen(host, consolePort);
    Listen center = new Listen(host, centerPort);
    try {
      return new CenterSettings(
          new Doors(List.of(console), List.of(center), Admission.LOCAL, Admission.LOCAL, Tls.NONE),
          new Self(NodeKey.readOrCreate(keyFile(data)), Host.describe("", "", "", center), runtime),
          new Secrets(clusterToken, new AdminToken(adminToken, true)),
          Habits.ALONE,
          new Sharing(
              Sharing.Mode.PUBLISH,
              new ServerConfig("", ""),
              addresses -> shownAlone(addresses, runtime)),
          NotifySettings.NONE,
          data);
    } catch (ConfigException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Where the only center of a machine keeps the key under which it signs in. */
  public static Path keyFile(Path data) {
    return data.resolve(NodeKey.CENTER_FILE);
  }

  private static Map<String, Object> shownAlone(ServerConfig addresses, String runtime) {
    return Map.of(
        "version",
        "v.3.0.0",
        "websitehost",
        addresses.websitehost(),
        "centerhost",
        addresses.centerhost(),
        "cluster",
        Map.of("runtime", runtime),
        "api",
        Map.of("hosts", List.of(addresses.centerhost().replaceFirst("^https?://", ""))));
  }
}
