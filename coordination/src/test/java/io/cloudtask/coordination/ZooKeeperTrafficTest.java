package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.wire.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a cluster of many agents asks of the coordinator. */
final class ZooKeeperTrafficTest {
  private static final int AGENTS = 40;

  /** Pings, and what else comes by the way. */
  private static final int SLACK = 15;

  @TempDir Path dir;
  private RealServer server;
  private Coordinator agents;
  private Coordinator center;
  private final List<Registration> registrations = new ArrayList<>();
  private final AtomicReference<List<Member>> seen = new AtomicReference<>(List.of());

  @BeforeEach
  void start() throws Exception {
    server = new RealServer(dir);
    server.makeRoot();
    agents = server.connect();
    center = server.connect();
    center.watchMembers(Node.AGENT, seen::set);
    for (int i = 0; i < AGENTS; i++) {
      String key = key(i);
      registrations.add(agents.register(new Member(key, Nodes.agent(1)), agents.revisionMark(key)));
    }
    await().until(() -> seen.get().size() == AGENTS);
  }

  @AfterEach
  void stop() {
    center.close();
    agents.close();
    server.close();
  }

  private static String key(int i) {
    return "agent-" + i;
  }

  @Test
  void the_renewals_of_leases_reach_no_center() throws Exception {
    long before = server.requests();

    for (Registration registration : registrations) {
      registration.renew();
    }

    center.members(Node.CENTER);
    assertThat(server.requests() - before).isLessThan(AGENTS + SLACK);
  }

  @Test
  void a_heartbeat_costs_each_center_one_read() throws Exception {
    long before = server.requests();

    for (Registration registration : registrations) {
      registration.pulse(Nodes.agent(2));
    }

    await().until(() -> seen.get().stream().allMatch(m -> m.node().timestamp() == 2));
    assertThat(server.requests() - before).isLessThan(2 * AGENTS + SLACK);
  }

  @Test
  void who_comes_costs_each_center_the_names_and_one_read() throws Exception {
    long before = server.requests();

    agents.register(new Member("new", Nodes.agent(1)), agents.revisionMark("new"));

    await().until(() -> seen.get().size() == AGENTS + 1);
    assertThat(server.requests() - before).isLessThan(AGENTS / 2 + SLACK);
  }

  @Test
  void no_node_is_large() throws Exception {
    try (Stranger owner = new Stranger(server.address(), RealServer.TOKEN)) {
      for (String name : owner.client().getChildren(RealServer.ROOT, false)) {
        byte[] data = owner.client().getData(RealServer.ROOT + '/' + name, false, null);
        assertThat(data.length).as(name).isLessThan(4_096);
      }
    }
  }
}
