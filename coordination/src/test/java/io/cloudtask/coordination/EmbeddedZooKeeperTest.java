package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.wire.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedZooKeeperTest {
  @TempDir Path dir;

  @Test
  void keeps_what_it_knows_over_a_restart() throws Exception {
    publish(41);

    publish(42);
  }

  private void publish(long revision) throws Exception {
    try (var server = EmbeddedZooKeeper.start("127.0.0.1", 0, dir.resolve("zookeeper"));
        var session =
            ZooKeeperCoordinator.open(ZooKeeperSettings.of(server.address(), "/cloudtask", "t"))) {
      session.publishRevision(Nodes.KEY, 1);
      if (revision > 41) {
        assertThat(session.revision(Nodes.KEY)).hasValue(revision - 1);
      }
      session.publishRevision(Nodes.KEY, revision);
    }
  }

  @Test
  void a_member_that_was_killed_can_sign_in_again_at_once() throws Exception {
    try (var server = EmbeddedZooKeeper.start("127.0.0.1", 0, dir.resolve("zookeeper"));
        var killed = open(server);
        var other = open(server);
        var next = open(server)) {
      killed.join(new Member(Nodes.KEY, Nodes.agent(1)));
      other.join(new Member(Nodes.OTHER, Nodes.agent(2)));
      assertThat(next.members(Node.AGENT)).hasSize(2);

      server.signOut("/cloudtask", Nodes.KEY);
      server.signOut("/cloudtask", "11111111-2222-4333-8444-555555555555");
      next.join(new Member(Nodes.KEY, Nodes.agent(3)));

      assertThat(next.members(Node.AGENT))
          .containsExactlyInAnyOrder(
              new Member(Nodes.KEY, Nodes.agent(3)), new Member(Nodes.OTHER, Nodes.agent(2)));
    }
  }

  private static ZooKeeperCoordinator open(EmbeddedZooKeeper server) {
    return ZooKeeperCoordinator.open(
        ZooKeeperSettings.of(server.address(), "/cloudtask", "the token of the cluster"));
  }

  @Test
  void leaves_no_thread_behind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    publish(41);

    await()
        .untilAsserted(() ->
            assertThat(
                    Thread.getAllStackTraces().keySet().stream()
                        .filter(t -> !before.contains(t))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("awaitility"))
                        .filter(name -> !name.equals("Common-Cleaner"))
                        .collect(Collectors.toSet()))
                .isEmpty());
  }

  @Test
  void a_busy_port_is_named() throws Exception {
    try (var first = EmbeddedZooKeeper.start("127.0.0.1", 0, dir.resolve("one"))) {
      assertThatThrownBy(
              () -> EmbeddedZooKeeper.start("127.0.0.1", first.port(), dir.resolve("two")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void a_directory_that_is_a_file_is_refused() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    assertThatThrownBy(() -> EmbeddedZooKeeper.start("127.0.0.1", 0, file))
        .isInstanceOf(IOException.class);
  }

  @Test
  void its_log_grows_in_small_steps() throws Exception {
    publish(41);

    long bytes;
    try (var files = Files.walk(dir)) {
      bytes = files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
    assertThat(bytes).isLessThan(2_000_000);
  }
}
