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
import java.util.List;
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

  @Test
  void an_agent_is_known_while_it_has_a_node() throws Exception {
    Coordinator.Membership membership = agent.join(new Member(KEY, Samples.node(ADDRESS)));
    await().until(() -> center.presence.members().nodes().containsKey(KEY));
    center.events.clear();

    membership.pulse(Samples.node(ADDRESS).at(99, true));
    membership.pulse(Samples.node(ADDRESS).at(100, false));
    await().until(() -> center.events.contains("presence"));
    assertThat(center.presence.members().signedOut()).containsExactly(KEY);

    membership.leave();

    await().until(() -> center.presence.members().nodes().isEmpty());
    await().until(() -> center.events.equals(List.of("presence", "presence")));
  }

  @Test
  void an_outage_of_the_coordinator_makes_nobody_go() throws Exception {
    agent.join(new Member(KEY, Samples.node(ADDRESS)));
    await().until(() -> center.presence.members().nodes().containsKey(KEY));

    center.coordination.cut();

    assertThat(center.presence.members().nodes()).containsOnlyKeys(KEY);
  }

  @Test
  void the_same_process_may_say_hello_again_and_another_may_not() throws Exception {
    agent.join(new Member(KEY, Samples.node(ADDRESS)));
    await().until(() -> center.presence.members().nodes().containsKey(KEY));

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
