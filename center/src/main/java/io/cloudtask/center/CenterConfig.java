package io.cloudtask.center;

import io.cloudtask.center.packages.PackageRoutes;
import io.cloudtask.store.Retention;
import java.nio.file.Path;

/**
 * What a center has to know.
 *
 * @param host address to listen at
 * @param consolePort of the REST API and the packages; 0 for any free one
 * @param centerPort of the agents and deployed clients; 0 for any free one
 * @param data an existing directory, for its key and for what is being uploaded
 * @param adminToken the one administrator's
 * @param clusterToken what nodes of the cluster present to each other
 * @param runtime made at the start when it does not exist
 * @param retention how long runs and output are kept
 * @param maxPackage how large a package may be, in bytes
 */
public record CenterConfig(
    String host,
    int consolePort,
    int centerPort,
    Path data,
    String adminToken,
    String clusterToken,
    String runtime,
    Retention.Limits retention,
    long maxPackage) {

  /**
   * With the usual retention and package size.
   *
   * @throws IllegalArgumentException when a token is too short to be random, or both are one
   */
  public static CenterConfig of(
      String host,
      int consolePort,
      int centerPort,
      Path data,
      String adminToken,
      String clusterToken,
      String runtime) {
    return new CenterConfig(
        host,
        consolePort,
        centerPort,
        data,
        adminToken,
        clusterToken,
        runtime,
        Retention.Limits.DEFAULT,
        PackageRoutes.DEFAULT_MAX_BYTES);
  }

  public CenterConfig {
    if (adminToken.length() < 16 || clusterToken.length() < 16) {
      throw new IllegalArgumentException("a token has fewer than 16 characters");
    }
    if (adminToken.equals(clusterToken)) {
      throw new IllegalArgumentException("the administrator's token is the cluster's token");
    }
  }

  /** Where the center of a data directory keeps the key under which it signs in. */
  public static Path keyFile(Path data) {
    return data.resolve("jobserver.key");
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "CenterConfig[" + host + ", " + consolePort + ", " + centerPort + ", " + data + "]";
  }
}
