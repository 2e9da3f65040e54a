package io.cloudtask.coordination.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Founding;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class CoordinatorServerTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final ServerConfig CONFIG = new ServerConfig("http://web:1", "http://center:1");

  @TempDir Path directory;

  @Test
  void alone_it_keeps_what_it_knows_over_a_restart() throws Exception {
    Path file = config("alone", "clientPort=0\nclientPortAddress=127.0.0.1\n");
    try (CoordinatorServer server = CoordinatorServer.start(ZooConfig.read(file))) {
      assertThat(server.address()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
      Founding.found(ZooKeeperSettings.of(server.address(), "/cloudtask", TOKEN), CONFIG);
    }
    try (CoordinatorServer server = CoordinatorServer.start(ZooConfig.read(file));
        ZooKeeperCoordinator session = session(server.address())) {
      assertThat(session.serverConfig()).contains(CONFIG);
    }
    try (var copies = Files.list(directory.resolve("alone/configuration"))) {
      assertThat(copies).hasSizeLessThan(2);
    }
  }

  @Test
  void three_of_them_answer_while_two_do() throws Exception {
    List<Integer> ports = freePorts(9);
    List<CoordinatorServer> servers = new ArrayList<>();
    try {
      for (int i = 1; i <= 3; i++) {
        servers.add(CoordinatorServer.start(ZooConfig.read(member(i, ports))));
      }
      String all =
          servers.stream().map(CoordinatorServer::address).collect(Collectors.joining(","));
      ZooKeeperSettings settings = ZooKeeperSettings.of(all, "/cloudtask", TOKEN);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> Founding.found(settings, CONFIG) instanceof Founding.Outcome.Founded);
      servers.removeFirst().close();
      try (ZooKeeperCoordinator session = session(all)) {
        await()
            .atMost(Duration.ofSeconds(60))
            .ignoreExceptions()
            .until(() -> session.serverConfig().equals(java.util.Optional.of(CONFIG)));
      }
    } finally {
      servers.forEach(CoordinatorServer::close);
    }
  }

  @Test
  void what_is_wrong_is_said_before_it_starts() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.cfg"), "tickTime=2000\n");
    assertThatThrownBy(() -> ZooConfig.read(empty))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("dataDir is missing");
    assertThatThrownBy(() -> ZooConfig.read(directory.resolve("none.cfg")))
        .hasMessageContaining("is not there");
    Path wrong = config("wrong", "clientPort=many\n");
    assertThatThrownBy(() -> CoordinatorServer.start(ZooConfig.read(wrong)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("many");
  }

  private Path member(int number, List<Integer> ports) throws IOException {
    StringBuilder more = new StringBuilder("initLimit=20\nsyncLimit=10\n");
    for (int i = 1; i <= 3; i++) {
      more.append(
          "server.%d=127.0.0.1:%d:%d;127.0.0.1:%d%n"
              .formatted(i, ports.get(i * 3 - 3), ports.get(i * 3 - 2), ports.get(i * 3 - 1)));
    }
    Path file = config("member" + number, more.toString());
    Files.writeString(directory.resolve("member" + number + "/myid"), number + "\n");
    return file;
  }

  private Path config(String name, String more) throws IOException {
    Path data = Files.createDirectories(directory.resolve(name));
    return Files.writeString(
        directory.resolve(name + ".cfg"), "tickTime=500\ndataDir=%s\n%s".formatted(data, more));
  }

  private static ZooKeeperCoordinator session(String hosts) {
    return ZooKeeperCoordinator.open(ZooKeeperSettings.of(hosts, "/cloudtask", TOKEN));
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
}
