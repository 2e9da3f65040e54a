package io.cloudtask.center.exchange;

import static io.cloudtask.center.exchange.TestCenter.KEY;
import static io.cloudtask.center.exchange.TestCenter.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.Member;
import io.cloudtask.coordination.MemorySession;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.wire.Node;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PresenceTest {
  private static final String ADDRESS = "http://127.0.0.1:8600";

  @TempDir Path dir;
  private TestCenter center;
  private MemorySession agent;

  @BeforeEach
  void start() {
    center = new TestCenter(dir);
    center.store.execute(
        tx -> tx.agents().hello(KEY, TestCenter.hello("one", 0, ADDRESS), 9, false, NOW));
    agent = center.coordination.open();
  }

  @AfterEach
  void stop() {
    agent.close();
    center.close();
  }

  private boolean online() {
    return center.store.read(tx -> tx.agents().find(KEY)).orElseThrow().online();
  }

  @Test
  void an_agent_is_online_while_it_is_signed_in() throws Exception {
    Coordinator.Membership membership = agent.join(new Member(KEY, Samples.node(ADDRESS)));
    await().until(() -> center.presence.signedIn().equals(Set.of(KEY)));
    await().until(this::online);

    membership.leave();

    await().until(() -> !online());
    await().until(() -> center.events.contains("presence"));
  }

  @Test
  void an_outage_of_the_coordinator_makes_nobody_offline() throws Exception {
    agent.join(new Member(KEY, Samples.node(ADDRESS)));
    await().until(() -> center.presence.signedIn().equals(Set.of(KEY)));

    center.coordination.cut();

    assertThat(center.presence.signedIn()).containsExactly(KEY);
    assertThat(online()).isTrue();
  }

  @Test
  void the_same_process_may_say_hello_again_and_another_may_not() throws Exception {
    agent.join(new Member(KEY, Samples.node(ADDRESS)));
    await().until(() -> center.presence.signedIn().equals(Set.of(KEY)));

    assertThat(center.presence.otherLives(KEY, TestCenter.hello("one", 0, ADDRESS))).isFalse();
    var later = Samples.node(ADDRESS).at(99, true);
    var restarted =
        new Node(
            later.type(),
            later.hostname(),
            "",
            later.location(),
            "linux",
            "amd64",
            later.ipaddr(),
            ADDRESS,
            later.pid(),
            true,
            99,
            50,
            null);
    assertThat(center.presence.otherLives(KEY, new Hello("two", 0, 0, restarted))).isTrue();
  }
}
