package io.cloudtask.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The roles as processes of their own on loopback: a coordinator, a center, agents. The store of
 * the center is a SQLite file unless another is named.
 */
public final class Cluster implements AutoCloseable {
  public static final String RUNTIME = "bench";

  private final Path home;
  private final Path directory;
  private final Settings settings;
  private final int centerPort;
  private final int consolePort;
  private final String coordinator;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /**
   * What is configured.
   *
   * @param store lines for the section {@code store} of the center; "" for a SQLite file
   * @param cluster more lines for the section {@code cluster} of agents
   * @param scheduler lines for the section {@code scheduler} of the center
   * @param tickTime of the coordinator, in milliseconds
   */
  public record Settings(String store, String cluster, String scheduler, int tickTime) {
    /** What nobody has changed. */
    public static final Settings USUAL = new Settings("", "", "", 2000);
  }

  private Cluster(Path home, Path directory, Settings settings) throws IOException {
    this.home = home;
    this.directory = directory;
    this.settings = settings;
    List<Integer> ports = freePorts(3);
    this.centerPort = ports.get(0);
    this.consolePort = ports.get(1);
    this.coordinator = "127.0.0.1:" + ports.get(2);
  }

  /** Starts a coordinator and says to it what all share; centers and agents come later. */
  public static Cluster prepare(Path home, Path directory, Settings settings)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(home, directory, settings);
    try {
      cluster.startCoordinator();
      return cluster;
    } catch (IOException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  private void startCoordinator() throws IOException, InterruptedException {
    Path place = Files.createDirectories(directory.resolve("coordinator"));
    Files.writeString(
        place.resolve("zoo.cfg"),
        """
        tickTime=%d
        dataDir=data
        clientPortAddress=127.0.0.1
        clientPort=%s
        """
            .formatted(settings.tickTime(), coordinator.replaceFirst(".*:", "")));
    later(Launched.start(home, place, "coordinator"));
    Path made = Files.createDirectories(directory.resolve("made"));
    Files.writeString(
        made.resolve("ServerConfig.json"),
        """
        {"centerhost": "http://127.0.0.1:%d", "websitehost": "http://127.0.0.1:%d",
         "cluster": {"hosts": "%s"}}
        """
            .formatted(centerPort, consolePort, coordinator));
    Launched.run(home, made, "init");
  }

  /** Starts the center, anew when it has run before. */
  public Launched startCenter() throws IOException, InterruptedException {
    Path place = Files.createDirectories(directory.resolve("center"));
    Files.writeString(
        place.resolve("center.yaml"),
        """
        cluster: {hosts: "%s", runtime: %s, tokenfile: %s}
        admintokenfile: %s
        api: {hosts: ["127.0.0.1:%d"]}
        console: {hosts: ["127.0.0.1:%d"]}
        scheduler: {%s}
        store: {%s}
        """
            .formatted(
                coordinator,
                RUNTIME,
                clusterToken(),
                adminToken(),
                centerPort,
                consolePort,
                settings.scheduler(),
                settings.store()));
    return later(Launched.start(home, place, "center"));
  }

  /** Starts an agent, anew when one of that name has run before. */
  public Launched startAgent(String name) throws IOException, InterruptedException {
    Path place = Files.createDirectories(directory.resolve(name));
    String more = settings.cluster().isEmpty() ? "" : ", " + settings.cluster();
    Files.writeString(
        place.resolve("agent.yaml"),
        """
        cluster: {hosts: "%s", runtime: %s, tokenfile: %s%s}
        api: {hosts: ["127.0.0.1:0"]}
        cache: {maxjobs: 100000}
        """
            .formatted(coordinator, RUNTIME, clusterToken(), more));
    return later(Launched.start(home, place, "agent"));
  }

  public Path adminToken() {
    return directory.resolve("made/admin-token");
  }

  /** Where the coordinator listens. */
  public String coordinator() {
    return coordinator;
  }

  public Path clusterToken() {
    return directory.resolve("made/cluster-token");
  }

  public Rest api() throws IOException {
    return Rest.of("http://127.0.0.1:" + consolePort, adminToken());
  }

  private <T extends AutoCloseable> T later(T part) {
    parts.push(part);
    return part;
  }

  /** All at once, so that no port is given twice. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /** The latest first. */
  @Override
  public void close() throws InterruptedException, IOException {
    try {
      while (!parts.isEmpty()) {
        parts.pop().close();
      }
    } catch (InterruptedException | IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
