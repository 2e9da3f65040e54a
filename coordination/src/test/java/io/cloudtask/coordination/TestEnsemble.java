package io.cloudtask.coordination;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/**
 * Three ZooKeeper servers, each a process of its own, that can be killed, stopped and continued.
 */
final class TestEnsemble implements AutoCloseable {
  private static final int SERVERS = 3;

  private final Path dir;
  private final List<Integer> clientPorts;
  private final List<Process> processes = new ArrayList<>();

  TestEnsemble(Path dir) throws IOException {
    this.dir = dir;
    List<Integer> ports = freePorts(3 * SERVERS);
    this.clientPorts = ports.subList(0, SERVERS);
    for (int i = 0; i < SERVERS; i++) {
      configure(i, ports);
      processes.add(launch(i));
    }
    awaitAll();
  }

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

  private Path home(int server) {
    return dir.resolve("server" + server);
  }

  private void configure(int server, List<Integer> ports) throws IOException {
    Files.createDirectories(home(server));
    Files.writeString(home(server).resolve("myid"), String.valueOf(server + 1));
    var text =
        new StringBuilder(
            """
            tickTime=500
            initLimit=40
            syncLimit=40
            dataDir=%s
            clientPort=%d
            clientPortAddress=127.0.0.1
            admin.enableServer=false
            4lw.commands.whitelist=srvr
            """
                .formatted(home(server), ports.get(server)));
    for (int i = 0; i < SERVERS; i++) {
      text.append(
          "server.%d=127.0.0.1:%d:%d%n"
              .formatted(i + 1, ports.get(SERVERS + i), ports.get(2 * SERVERS + i)));
    }
    Files.writeString(home(server).resolve("zoo.cfg"), text);
  }

  private Process launch(int server) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            QuorumPeerMain.class.getName(),
            home(server).resolve("zoo.cfg").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home(server).resolve("log").toFile()))
        .start();
  }

  /** All three serve, one of them as the leader. */
  void awaitAll() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          List<String> modes = new ArrayList<>();
          for (int i = 0; i < SERVERS; i++) {
            modes.add(mode(i));
          }
          return modes.stream().sorted().toList().equals(List.of("follower", "follower", "leader"));
        });
  }

  private String mode(int server) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), clientPorts.get(server))) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int at = answer.indexOf("Mode: ");
      return at < 0 ? "" : answer.substring(at + 6).lines().findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  int leader() {
    for (int i = 0; i < SERVERS; i++) {
      if (mode(i).equals("leader")) {
        return i;
      }
    }
    throw new IllegalStateException("no server leads");
  }

  List<Integer> others(int server) {
    return List.of((server + 1) % SERVERS, (server + 2) % SERVERS);
  }

  void signal(int server, String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(processes.get(server).pid()))
            .start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + signal + " failed");
    }
  }

  void killAndRestart(int server) throws Exception {
    processes.get(server).destroyForcibly().waitFor();
    processes.set(server, launch(server));
  }

  String hosts(List<Integer> servers) {
    return servers.stream()
        .map(s -> "127.0.0.1:" + clientPorts.get(s))
        .collect(Collectors.joining(","));
  }

  ZooKeeperCoordinator connect(List<Integer> servers, Duration sessionTimeout) {
    return ZooKeeperCoordinator.open(
        new ZooKeeperSettings(
            hosts(servers),
            RealServer.ROOT,
            RealServer.TOKEN,
            sessionTimeout,
            Duration.ofSeconds(2)));
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(p -> p.onExit().join());
  }
}
