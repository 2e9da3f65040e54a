package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.jspecify.annotations.Nullable;

/**
 * A single ZooKeeper server in this JVM, for a cluster of one machine. It keeps what it knows in
 * its directory, also over a kill. Thread-safe.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
  private static final int TICK_MILLIS = 500;
  private static final int MIN_SESSION_MILLIS = 1_000;
  private static final int MAX_SESSION_MILLIS = 60_000;
  private static final int MAX_CONNECTIONS_PER_HOST = 1_000;
  private static final int KEPT_SNAPSHOTS = 3;
  private static final int PURGE_HOURS = 6;

  /**
   * A heartbeat is a transaction: with the server's own default of 100,000 its log would grow to
   * tens of megabytes before the first snapshot lets go of it.
   */
  private static final int TRANSACTIONS_PER_SNAPSHOT = 10_000;

  private static final int LOG_GROWTH_BYTES = 256 * 1024;

  private final String host;
  private final ServerCnxnFactory connections;
  private final ZooKeeperServer server;
  private final FileTxnSnapLog files;
  private final DatadirCleanupManager cleanup;
  private boolean closed;

  private EmbeddedZooKeeper(
      String host,
      ServerCnxnFactory connections,
      ZooKeeperServer server,
      FileTxnSnapLog files,
      File dataDir) {
    this.host = host;
    this.connections = connections;
    this.server = server;
    this.files = files;
    this.cleanup = new DatadirCleanupManager(dataDir, dataDir, KEPT_SNAPSHOTS, PURGE_HOURS);
  }

  /**
   * Starts the server and returns when it answers.
   *
   * @param host the address to listen at
   * @param port 0 for any free one
   * @param dataDir is made when it is missing; one server at a time may use it
   * @throws IOException when the port is taken or the directory can't be used; says which
   */
  public static EmbeddedZooKeeper start(String host, int port, Path dataDir) throws IOException {
    QuietLogs.apply();
    limit("zookeeper.snapCount", TRANSACTIONS_PER_SNAPSHOT);
    FileTxnLog.setPreallocSize(LOG_GROWTH_BYTES);
    Files.createDirectories(dataDir);
    ServerCnxnFactory connections = listen(host, port);
    try {
      return run(host, connections, dataDir.toFile());
    } catch (IOException e) {
      connections.shutdown();
      throw new IOException(
          "the coordinator can't use its directory " + dataDir + ": " + e.getMessage(), e);
    }
  }

  /** Sets what the server reads from system properties only, unless the operator has. */
  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  private static ServerCnxnFactory listen(String host, int port) throws IOException {
    try {
      return ServerCnxnFactory.createFactory(
          new InetSocketAddress(host, port), MAX_CONNECTIONS_PER_HOST);
    } catch (IOException e) {
      throw new IOException(
          "the coordinator can't listen at "
              + host
              + ':'
              + port
              + " ("
              + e.getMessage()
              + "); choose another port, or 0 for any free one",
          e);
    }
  }

  private static EmbeddedZooKeeper run(String host, ServerCnxnFactory connections, File dataDir)
      throws IOException {
    var files = new FileTxnSnapLog(dataDir, dataDir);
    var server =
        new ZooKeeperServer(
            files, TICK_MILLIS, MIN_SESSION_MILLIS, MAX_SESSION_MILLIS, -1, null, "");
    var started = new EmbeddedZooKeeper(host, connections, server, files, dataDir);
    try {
      connections.startup(server);
    } catch (IOException e) {
      files.close();
      throw e;
    } catch (InterruptedException e) {
      started.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it started", e);
    }
    started.cleanup.start();
    return started;
  }

  /** {@code host:port} with the real port, as clients name it. */
  public String address() {
    return host + ':' + port();
  }

  /** The port it listens at, never 0. */
  public int port() {
    return connections.getLocalPort();
  }

  /**
   * Ends the sessions that hold a member's node, before any session that begins after this call:
   * for a caller who knows that the process of that member is gone, and need not wait for a
   * timeout. Sessions of others go on. Does nothing when nobody is signed in with that key.
   *
   * @param root the node under which the members are
   */
  public void signOut(String root, String key) {
    for (int type : List.of(Node.AGENT, Node.CENTER)) {
      @Nullable DataNode node =
          server.getZKDatabase().getNode(root + '/' + MemberNames.member(type, key));
      if (node != null && node.stat.getEphemeralOwner() != 0) {
        expire(node.stat.getEphemeralOwner());
      }
    }
  }

  /** Stops the server; returns when its threads have ended and its files are closed. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    cleanup.shutdown();
    connections.shutdown();
    server.shutdown(true);
    try {
      files.close();
    } catch (IOException e) {
      System.getLogger(EmbeddedZooKeeper.class.getName())
          .log(System.Logger.Level.WARNING, "The coordinator could not close its files", e);
    }
  }

  /** How many packets clients have sent so far, their pings included. */
  long requests() {
    return server.serverStats().getPacketsReceived();
  }

  /** Ends a session as its timeout would. */
  void expire(long sessionId) {
    server.closeSession(sessionId);
  }
}
