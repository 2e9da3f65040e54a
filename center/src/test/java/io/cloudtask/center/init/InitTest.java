package io.cloudtask.center.init;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.coordination.EmbeddedZooKeeper;
import io.cloudtask.coordination.ZooKeeperCoordinator;
import io.cloudtask.coordination.ZooKeeperSettings;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitTest {
  private static final ServerConfig FIRST = new ServerConfig("http://web:1", "http://center:1");

  @TempDir Path directory;
  private EmbeddedZooKeeper server;
  private ZooKeeper stranger;

  @BeforeEach
  void start() throws Exception {
    server = EmbeddedZooKeeper.start("127.0.0.1", 0, directory.resolve("zookeeper"));
    CountDownLatch connected = new CountDownLatch(1);
    stranger =
        new ZooKeeper(
            server.address(),
            30_000,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    connected.await();
  }

  @AfterEach
  void stop() throws InterruptedException {
    stranger.close();
    server.close();
  }

  @Test
  void a_cluster_is_made_and_a_stranger_reads_nothing_of_it() throws Exception {
    String report = init(FIRST);

    assertThat(report)
        .contains("made the cluster at", "made the cluster's token", "copy it to every host")
        .contains("made the administrator's token", "export CLOUDTASK_URL=http://web:1");
    for (String name : new String[] {"cluster-token", "admin-token"}) {
      Path file = directory.resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(file).strip()).hasSize(43);
      assertThat(report).doesNotContain(Files.readString(file).strip());
    }
    assertThat(shared()).isEqualTo(FIRST);
    assertThat(everythingThatAStrangerReads("/")).doesNotContain("cloudtask/", "web:1");
    for (String path : new String[] {"/cloudtask", "/cloudtask/ServerConfig"}) {
      assertThatThrownBy(() -> stranger.getACL(path, new Stat()))
          .isInstanceOf(KeeperException.NoAuthException.class);
      assertThatThrownBy(() -> stranger.delete(path, -1)).isInstanceOf(KeeperException.class);
    }
  }

  @Test
  void again_it_changes_nothing_but_the_addresses() throws Exception {
    init(FIRST);
    String clusterToken = Files.readString(directory.resolve("cluster-token"));
    String adminToken = Files.readString(directory.resolve("admin-token"));
    Files.delete(directory.resolve("admin-token"));

    assertThat(init(FIRST)).contains("kept what all share", "used the cluster's token");
    ServerConfig next = new ServerConfig("http://web:2", "http://center:2");
    assertThat(init(next)).contains("wrote what all share", "before: http://center:1");

    assertThat(shared()).isEqualTo(next);
    assertThat(directory.resolve("cluster-token")).hasContent(clusterToken);
    assertThat(directory.resolve("admin-token")).doesNotExist();
    assertThat(adminToken).isNotEqualTo(clusterToken);
  }

  @Test
  void a_cluster_with_another_token_is_left_alone() throws Exception {
    init(FIRST);
    Path right = Files.move(directory.resolve("cluster-token"), directory.resolve("right"));

    assertThatThrownBy(() -> init(new ServerConfig("http://evil:1", "http://evil:2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is a cluster at")
        .hasMessageContaining("Copy the token file of one of its hosts");
    assertThat(directory.resolve("cluster-token")).doesNotExist();

    SecretFiles.write(directory.resolve("cluster-token"), "another-token-of-somebody\n");
    assertThatThrownBy(() -> init(new ServerConfig("http://evil:1", "http://evil:2")))
        .hasMessageContaining("holds another token than it has");
    assertThat(directory.resolve("cluster-token")).hasContent("another-token-of-somebody");
    Files.copy(
        right,
        directory.resolve("cluster-token"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(shared()).isEqualTo(FIRST);
  }

  @Test
  void what_an_older_version_left_open_is_closed_and_its_secret_removed() throws Exception {
    open("/cloudtask", "");
    open(
        "/cloudtask/ServerConfig",
        """
        {"websitehost":"http://old:1","centerhost":"http://old:2",\
        "storagedriver":{"mongo":{"password":"hunter2"}}}\
        """);
    open("/cloudtask/JOBS-myCluster", "{\"version\":1,\"jobs\":[]}");

    String report = init(FIRST);

    assertThat(report)
        .contains("found the cluster at", "before: http://old:2, http://old:1")
        .contains("closed to strangers", "/cloudtask/JOBS-myCluster");
    assertThat(everythingThatAStrangerReads("/")).doesNotContain("hunter2", "old", "jobs");
    assertThat(shared()).isEqualTo(FIRST);
  }

  @Test
  void an_unreadable_configuration_is_replaced() throws Exception {
    open("/cloudtask", "");
    open("/cloudtask/ServerConfig", "garbage");

    assertThat(init(FIRST)).contains("wrote what all share");

    assertThat(shared()).isEqualTo(FIRST);
  }

  @Test
  void a_coordinator_that_does_not_answer_leaves_no_token_behind() {
    server.close();

    assertThatThrownBy(() -> init(FIRST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no ZooKeeper answers at " + server.address());
    assertThat(directory.resolve("cluster-token")).doesNotExist();
    assertThat(directory.resolve("admin-token")).doesNotExist();
  }

  private String init(ServerConfig shared) throws ConfigException, IOException {
    InitConfig config =
        new InitConfig(
            server.address(),
            "/cloudtask",
            directory.resolve("cluster-token"),
            directory.resolve("admin-token"),
            shared,
            false);
    return new Init(config, new SecureRandom()).run();
  }

  private ServerConfig shared() throws Exception {
    String token = Files.readString(directory.resolve("cluster-token")).strip();
    try (ZooKeeperCoordinator session =
        ZooKeeperCoordinator.open(ZooKeeperSettings.of(server.address(), "/cloudtask", token))) {
      return session.serverConfig().orElseThrow();
    }
  }

  private void open(String path, String text) throws Exception {
    stranger.create(path, text.getBytes(UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  /** Names and contents of all nodes, as far as somebody without a token gets. */
  private String everythingThatAStrangerReads(String path) throws Exception {
    StringBuilder read = new StringBuilder();
    try {
      read.append(new String(stranger.getData(path, false, null), UTF_8)).append('\n');
      for (String name : stranger.getChildren(path, false)) {
        String child = path.equals("/") ? "/" + name : path + "/" + name;
        read.append(child).append('\n').append(everythingThatAStrangerReads(child));
      }
    } catch (KeeperException.NoAuthException e) {
      read.append("closed\n");
    }
    return read.toString();
  }
}
