package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told who configured something wrong. */
final class ZooKeeperTroubleTest {
  @TempDir Path dir;

  private static ZooKeeperSettings settings(String hosts, String root, String token) {
    return new ZooKeeperSettings(hosts, root, token, Duration.ofSeconds(4), Duration.ofMillis(400));
  }

  private static void check(ZooKeeperSettings settings) throws CoordinationException {
    try (ZooKeeperCoordinator session = ZooKeeperCoordinator.open(settings)) {
      session.check();
    }
  }

  @Test
  void nobody_who_answers() throws Exception {
    String nowhere;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = "127.0.0.1:" + free.getLocalPort();
    }

    assertThatThrownBy(() -> check(settings(nowhere, "/cloudtask", "t")))
        .isInstanceOf(CoordinationException.class)
        .hasMessageContaining("no ZooKeeper answers at " + nowhere)
        .hasMessageContaining("cluster.hosts");
  }

  @Test
  void somebody_who_is_no_ZooKeeper() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String hosts = "127.0.0.1:" + mute.getLocalPort();
      assertThatThrownBy(() -> check(settings(hosts, "/cloudtask", "t")))
          .hasMessageContaining("no ZooKeeper answers at " + hosts);
    }
  }

  @Test
  void a_host_without_an_address() {
    assertThatThrownBy(() -> check(settings("zk1.invalid:2181", "/cloudtask", "t")))
        .isInstanceOf(CoordinationException.class)
        .hasMessageContaining("\"zk1.invalid\"")
        .hasMessageContaining("cluster.hosts");
  }

  @Test
  void a_root_that_is_not_there_is_named_and_not_made_by_an_agent() {
    try (RealServer server = new RealServer(dir);
        ZooKeeperCoordinator agent =
            ZooKeeperCoordinator.open(settings(server.address(), "/cloudtsk", "t"))) {
      assertThatThrownBy(agent::check)
          .hasMessageContaining("there is no /cloudtsk")
          .hasMessageContaining("cluster.root");
      assertThatThrownBy(() -> agent.revisionMark(Nodes.KEY))
          .hasMessageContaining("there is no /cloudtsk");
      assertThatThrownBy(agent::check).hasMessageContaining("there is no /cloudtsk");
    }
  }

  @Test
  void another_token() {
    try (RealServer server = new RealServer(dir)) {
      server.makeRoot();

      assertThatThrownBy(() -> check(server.settings("another token")))
          .hasMessageContaining(RealServer.ROOT)
          .hasMessageContaining("another cluster token");
    }
  }

  @Test
  void nothing() throws Exception {
    try (RealServer server = new RealServer(dir)) {
      server.makeRoot();

      check(server.settings(RealServer.TOKEN));
    }
  }

  @Test
  void a_key_that_runs_elsewhere_is_said_with_the_place_and_what_to_do() throws Exception {
    try (RealServer server = new RealServer(dir);
        Coordinator one = server.connect();
        Coordinator two = server.connect()) {
      server.makeRoot();
      Member agent = new Member(Nodes.KEY, Nodes.agent(1));
      RevisionMark mark = one.revisionMark(Nodes.KEY);
      one.register(agent, mark);

      assertThatThrownBy(() -> two.register(agent, mark))
          .isInstanceOf(KeyTakenException.class)
          .hasMessageContaining("process 12215 on vm (http://10.77.0.11:8600)")
          .hasMessageContaining("key file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "zk1:2181,", "zk1:2181;zk2:2181", "http://zk1:2181", "zk1:port", "zk1 zk2"})
  void hosts_that_are_none(String hosts) {
    assertThatThrownBy(() -> settings(hosts, "/cloudtask", "t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster.hosts")
        .hasMessageContaining("zk1:2181,zk2:2181,zk3:2181");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:2181", "zk1", "zk1:2181, zk2:2181", "[::1]:2181"})
  void hosts_that_are_some(String hosts) {
    assertThat(settings(hosts, "/cloudtask", "t").hosts()).isEqualTo(hosts);
  }

  @Test
  void a_session_timeout_out_of_bounds() {
    ZooKeeperSettings settings = ZooKeeperSettings.of("zk1:2181", "/cloudtask", "t");

    assertThatThrownBy(() -> settings.withSessionTimeout(Duration.ofMillis(900)))
        .hasMessageContaining("900 ms");
    assertThat(settings.withSessionTimeout(Duration.ofSeconds(2)).sessionTimeout())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void no_secret_in_a_message() {
    assertThat(ZooKeeperSettings.of("zk1:2181", "/cloudtask", "the-secret").toString())
        .doesNotContain("the-secret");
  }
}
