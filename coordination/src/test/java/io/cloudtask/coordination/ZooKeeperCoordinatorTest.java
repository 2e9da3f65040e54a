package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.wire.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ZooKeeperCoordinatorTest extends CoordinatorContract {
  private static final String TOKEN = RealServer.TOKEN;

  @Override
  TestServer newServer(Path path) {
    return new RealServer(path);
  }

  private RealServer real() {
    return (RealServer) server();
  }

  @Test
  void nodes_are_open_to_holders_of_the_token_only() throws Exception {
    Coordinator one = open();
    one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    one.publishRevision(Nodes.KEY, 1);

    try (Stranger stranger = new Stranger(real().address())) {
      ZooKeeper client = stranger.client();
      for (String path :
          List.of(
              "/test",
              "/test/cloudtask",
              "/test/cloudtask/WORKER-" + Nodes.KEY,
              "/test/cloudtask/REV-" + Nodes.KEY)) {
        assertThatThrownBy(() -> client.getData(path, false, null))
            .as(path)
            .isInstanceOf(KeeperException.NoAuthException.class);
        assertThatThrownBy(() ->
                client.create(
                    path + "/x", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL))
            .as(path)
            .isInstanceOf(KeeperException.class);
        assertThatThrownBy(() -> client.delete(path, -1))
            .as(path)
            .isInstanceOf(KeeperException.class);
      }
    }
  }

  @Test
  void another_token_is_refused_with_a_reason() throws Exception {
    open().publishRevision(Nodes.KEY, 1);

    try (Coordinator wrong = ZooKeeperCoordinator.open(real().settings("another token"))) {
      assertThatThrownBy(() -> wrong.revision(Nodes.KEY))
          .isInstanceOf(CoordinationException.class)
          .hasMessageContaining("another cluster token");
      assertThatThrownBy(() -> wrong.members(Node.AGENT))
          .isInstanceOf(CoordinationException.class)
          .hasMessageContaining("another cluster token");
    }
  }

  @Test
  void an_open_root_of_older_versions_is_closed() throws Exception {
    try (Stranger stranger = new Stranger(real().address())) {
      ZooKeeper client = stranger.client();
      client.create("/test", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      client.create(
          "/test/cloudtask", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      open();

      await()
          .untilAsserted(() ->
              assertThatThrownBy(() -> client.getChildren("/test/cloudtask", false))
                  .isInstanceOf(KeeperException.NoAuthException.class));
    }
  }

  @Test
  void what_cannot_be_read_is_told_to_who_asks_and_left_out_for_who_watches() throws Exception {
    Coordinator one = open();
    one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    real().put("WORKER-" + Nodes.OTHER, "{\"type\":2");
    real().put("REV-" + Nodes.OTHER, "seven");
    real().put("ServerConfig", "{\"websitehost\":\"x\"}");

    assertThat(one.members(Node.AGENT)).extracting(Member::key).containsExactly(Nodes.KEY);
    assertThat(one.roster(Node.AGENT).unreadable())
        .extracting(Roster.Unreadable::key)
        .containsExactly(Nodes.OTHER);
    assertThatThrownBy(() -> one.revision(Nodes.OTHER)).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(one::serverConfig).isInstanceOf(CoordinationException.class);
    List<List<Member>> seen = new CopyOnWriteArrayList<>();
    one.watchMembers(Node.AGENT, seen::add);
    await().until(() -> !seen.isEmpty());
    assertThat(seen.getFirst()).extracting(Member::key).containsExactly(Nodes.KEY);
  }

  @Test
  void what_a_member_writes_is_what_deployed_clients_read() throws Exception {
    open().join(new Member(Nodes.KEY, Nodes.agent(1795490843)));

    try (Stranger stranger = new Stranger(real().address(), TOKEN)) {
      byte[] data = stranger.client().getData("/test/cloudtask/WORKER-" + Nodes.KEY, false, null);
      assertThat(new String(data, StandardCharsets.UTF_8))
          .isEqualTo(Golden.text("WORKER-signed-in.data"));
    }
  }

  @Test
  void opens_without_a_server_and_connects_when_there_is_one() throws Exception {
    server().stop();
    try (Coordinator early = server().connect()) {
      assertThatThrownBy(() -> early.members(Node.AGENT)).isInstanceOf(CoordinationException.class);
      List<Long> seen = new CopyOnWriteArrayList<>();
      early.watchRevision(Nodes.KEY, seen::add);
      server().start();
      await().until(() -> early.connection() == Coordinator.Connection.CONNECTED);
      early.publishRevision(Nodes.KEY, 1);
      await().until(() -> seen.equals(List.of(1L)));
    }
  }

  @Test
  @Timeout(8)
  void closes_soon_although_its_server_is_gone() throws Exception {
    Coordinator one = open();
    one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    one.watchMembers(Node.AGENT, members -> {});
    server().stop();
    await().until(() -> one.connection() != Coordinator.Connection.CONNECTED);

    one.close();
  }
}
