package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody wrote by hand, or another cluster, in every kind of node. */
final class ZooKeeperGarbageTest {
  private static final Member AGENT = new Member(Nodes.KEY, Nodes.agent(1));
  private static final String WORKER = "WORKER-" + Nodes.KEY;
  private static final String LEASE = "LEASE-" + Nodes.KEY;
  private static final String REV = "REV-" + Nodes.KEY;

  @TempDir Path dir;
  private RealServer server;
  private ZooKeeperCoordinator one;

  @BeforeEach
  void start() {
    server = new RealServer(dir);
    server.makeRoot();
    one = server.connect();
  }

  @AfterEach
  void stop() {
    one.close();
    server.close();
  }

  private Registration register() throws CoordinationException {
    return one.register(AGENT, one.revisionMark(Nodes.KEY));
  }

  @Test
  void a_WORKER_node_made_by_hand_keeps_its_agent_out_until_it_is_removed() throws Exception {
    server.put(WORKER, "garbage");

    assertThatThrownBy(this::register).hasMessageContaining("remove it: zkCli deleteall");
    assertThatThrownBy(() -> one.join(AGENT)).hasMessageContaining("remove it: zkCli deleteall");
    assertThatThrownBy(() -> one.fence(Nodes.KEY, 3)).hasMessageContaining(WORKER);

    server.delete(WORKER);
    register().renew();
  }

  @Test
  void a_LEASE_node_made_by_hand_keeps_its_agent_out_until_it_is_removed() throws Exception {
    server.put(LEASE, "garbage");

    assertThatThrownBy(this::register).hasMessageContaining("remove it: zkCli deleteall");
    assertThatThrownBy(() -> one.fence(Nodes.KEY, 3)).hasMessageContaining(LEASE);

    server.delete(LEASE);
    register().renew();
  }

  @Test
  void what_is_written_over_the_nodes_of_an_agent_is_written_over_again() throws Exception {
    Registration registration = register();
    server.put(WORKER, "garbage");
    server.put(LEASE, "garbage");

    registration.renew();
    registration.pulse(Nodes.agent(2));

    assertThat(one.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(2)));
  }

  @Test
  void an_unreadable_node_is_named_beside_the_members_that_can_be_read() throws Exception {
    register();
    server.put("WORKER-other", "garbage");

    Roster roster = one.roster(Node.AGENT);

    assertThat(roster.members()).containsExactly(AGENT);
    assertThat(roster.unreadable())
        .singleElement()
        .satisfies(node -> {
          assertThat(node.key()).isEqualTo("other");
          assertThat(node.reason()).contains("WORKER-other", "can't be read");
        });
    assertThat(roster.size()).isEqualTo(2);
  }

  @Test
  void an_agent_whose_WORKER_node_was_removed_is_not_fenced_and_renews_no_more() throws Exception {
    Registration registration = register();
    var lost = new AtomicInteger();
    registration.onLost(lost::incrementAndGet);

    server.delete(WORKER);

    assertThat(one.fence(Nodes.KEY, 3)).isEmpty();
    assertThatThrownBy(registration::renew).isInstanceOf(RegistrationLostException.class);
    await().until(() -> lost.get() == 1);
    register().renew();
    assertThat(one.members(Node.AGENT)).hasSize(1);
  }

  @Test
  void an_agent_whose_LEASE_node_was_removed_renews_no_more() throws Exception {
    Registration registration = register();

    server.delete(LEASE);

    assertThatThrownBy(registration::renew).isInstanceOf(RegistrationLostException.class);
    assertThat(one.fence(Nodes.KEY, 3)).isEmpty();
  }

  @Test
  void an_unreadable_revision_becomes_0_so_that_the_agent_asks() throws Exception {
    one.publishRevision(Nodes.KEY, 7);
    RevisionMark seven = one.revisionMark(Nodes.KEY);
    server.put(REV, "seven");

    assertThatThrownBy(() -> one.revision(Nodes.KEY)).hasMessageContaining("set it to 0");
    RevisionMark mended = one.revisionMark(Nodes.KEY);

    assertThat(mended.revision()).isZero();
    assertThatThrownBy(() -> one.register(AGENT, seven)).isInstanceOf(RevisionMovedException.class);
    one.register(AGENT, mended).renew();
  }

  @Test
  void over_an_unreadable_revision_only_the_second_publication_is_written() throws Exception {
    server.put(REV, "seven");

    one.publishRevision(Nodes.KEY, 8);
    assertThat(one.revision(Nodes.KEY)).hasValue(0);

    one.publishRevision(Nodes.KEY, 9);
    assertThat(one.revision(Nodes.KEY)).hasValue(9);
  }

  @Test
  void a_fence_over_an_unreadable_revision_passes_what_the_store_knows() throws Exception {
    server.put(REV, "");

    assertThat(one.fence(Nodes.KEY, 8)).isPresent();

    assertThat(one.revision(Nodes.KEY)).hasValue(9);
  }

  @Test
  void a_removed_revision_lets_in_nobody_who_read_it_before() throws Exception {
    one.publishRevision(Nodes.KEY, 7);
    RevisionMark seven = one.revisionMark(Nodes.KEY);

    server.delete(REV);

    assertThatThrownBy(() -> one.register(AGENT, seven)).isInstanceOf(RevisionMovedException.class);
  }

  @Test
  void an_unreadable_configuration_is_kept_from_listeners_and_replaced() throws Exception {
    List<ServerConfig> seen = new CopyOnWriteArrayList<>();
    var good = new ServerConfig("http://a:8091", "http://a:8985");
    one.publish(good);
    one.watchServerConfig(seen::add);
    await().until(() -> seen.equals(List.of(good)));

    server.put("ServerConfig", "null");
    assertThatThrownBy(one::serverConfig)
        .hasMessageContaining("ServerConfig")
        .hasMessageContaining("./cloudtask init");
    one.publish(new ServerConfig("http://b:8091", "http://b:8985"));

    await().until(() -> seen.size() == 2);
    assertThat(seen.getLast().websitehost()).isEqualTo("http://b:8091");
  }

  @Test
  void a_LEADER_node_made_by_hand_lets_nobody_lead_until_it_is_removed() throws Exception {
    server.put("LEADER", "garbage");
    Candidacy candidacy = one.lead("c1", silent());
    assertThat(candidacy.leads()).isFalse();

    server.delete("LEADER");

    await().until(candidacy::leads);
  }

  @Test
  void a_leader_whose_node_is_removed_or_overwritten_leads_on_or_again() throws Exception {
    Candidacy candidacy = one.lead("c1", silent());
    await().until(candidacy::leads);

    server.put("LEADER", "garbage");
    server.delete("LEADER");

    await().until(candidacy::leads);
  }

  private static LeaderListener silent() {
    return new LeaderListener() {
      @Override
      public void elected() {}

      @Override
      public void deposed() {}
    };
  }

  @Test
  void a_bell_rings_whatever_is_written_there() throws Exception {
    server.put("BELL-PLAN", "garbage");
    var heard = new AtomicInteger();
    one.watchBell("PLAN", heard::incrementAndGet);
    await().until(() -> heard.get() == 1);

    one.ring("PLAN");

    await().until(() -> heard.get() == 2);
  }

  @Test
  void nodes_of_another_token_are_named_and_left_out() throws Exception {
    try (Stranger other = new Stranger(server.address(), "another token");
        Stranger owner = new Stranger(server.address(), RealServer.TOKEN)) {
      owner.client().setACL(RealServer.ROOT, ZooDefs.Ids.OPEN_ACL_UNSAFE, -1);
      for (String name : List.of("WORKER-" + Nodes.OTHER, "BELL-PLAN-2", "REV-" + Nodes.OTHER)) {
        other
            .client()
            .create(
                RealServer.ROOT + '/' + name,
                new byte[] {'1'},
                ZooDefs.Ids.CREATOR_ALL_ACL,
                CreateMode.EPHEMERAL);
      }
      register();
      List<List<Member>> seen = new CopyOnWriteArrayList<>();
      one.watchMembers(Node.AGENT, seen::add);

      await().until(() -> !seen.isEmpty());
      assertThat(seen.getLast()).extracting(Member::key).containsExactly(Nodes.KEY);
      assertThat(one.roster(Node.AGENT).unreadable())
          .singleElement()
          .satisfies(node -> assertThat(node.reason()).contains("cluster token"));
      assertThatThrownBy(() -> one.revisionMark(Nodes.OTHER))
          .hasMessageContaining("REV-" + Nodes.OTHER)
          .hasMessageContaining("cluster token");
      assertThatThrownBy(() -> one.ring("PLAN-2")).hasMessageContaining("cluster token");
    }
  }

  @Test
  void a_root_that_lets_others_in_is_closed_again() throws Exception {
    try (Stranger owner = new Stranger(server.address(), RealServer.TOKEN)) {
      var open = new java.util.ArrayList<>(ZooDefs.Ids.OPEN_ACL_UNSAFE);
      open.addAll(owner.client().getACL(RealServer.ROOT, null));
      owner.client().setACL(RealServer.ROOT, open, -1);

      try (Coordinator late = server.connect()) {
        await()
            .until(() ->
                owner
                    .client()
                    .getACL(RealServer.ROOT, null)
                    .equals(ZooKeeperClient.acl(RealServer.TOKEN)));
        assertThat(late.members(Node.AGENT)).isEmpty();
      }
    }
  }
}
