package io.cloudtask.coordination.server;

import io.cloudtask.settings.ConfigException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;

/** A ZooKeeper server, alone or one of an ensemble. */
final class CoordinatorServer implements AutoCloseable {
  /** Until it listens; an ensemble may take longer to agree on a leader. */
  private static final long START_MILLIS = 30_000;

  private final ZooKeeperServerEmbedded server;
  private final String address;

  private CoordinatorServer(ZooKeeperServerEmbedded server, String address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Starts it and returns when it listens. If it fails later, the process ends.
   *
   * @throws ConfigException when ZooKeeper does not like the configuration
   * @throws IOException when the port or the directory can't be used
   */
  static CoordinatorServer start(ZooConfig config) throws ConfigException, IOException {
    ZooKeeperServerEmbedded server = server(config);
    try {
      server.start(START_MILLIS);
      return new CoordinatorServer(server, server.getConnectionString());
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the coordinator started", e);
    } catch (Exception e) {
      server.close();
      throw new IOException("the coordinator does not start: " + reason(e), e);
    }
  }

  private static ZooKeeperServerEmbedded server(ZooConfig config)
      throws ConfigException, IOException {
    Path copies = Files.createDirectories(config.dataDir().resolve("configuration"));
    // ZooKeeper writes a copy at each start, and leaves it.
    try (DirectoryStream<Path> left = Files.newDirectoryStream(copies)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
    try {
      return ZooKeeperServerEmbedded.builder()
          .baseDir(copies)
          .configuration(config.properties())
          .exitHandler(ExitHandler.EXIT)
          .build();
    } catch (QuorumPeerConfig.ConfigException | IllegalArgumentException e) {
      throw new ConfigException(reason(e));
    } catch (Exception e) {
      throw new IOException("the coordinator does not start: " + reason(e), e);
    }
  }

  /** The innermost one says what is to be mended. */
  private static String reason(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** {@code host:port} as clients name it. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
  }
}
