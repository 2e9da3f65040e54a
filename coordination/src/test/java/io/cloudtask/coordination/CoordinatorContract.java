package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Coordinator.Connection;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What holds for every coordinator, the real one and its twin. */
abstract class CoordinatorContract extends Contract {
  @Test
  void nobody_is_there_at_first() throws Exception {
    Coordinator one = open();

    assertThat(one.members(Node.AGENT)).isEmpty();
    assertThat(one.revision(Nodes.KEY)).isEmpty();
    assertThat(one.serverConfig()).isEmpty();
  }

  @Test
  void a_member_is_seen_by_others_with_its_newest_pulse() throws Exception {
    Coordinator.Membership membership = open().join(new Member(Nodes.KEY, Nodes.agent(1)));
    Coordinator other = open();
    assertThat(other.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(1)));
    assertThat(other.members(Node.CENTER)).isEmpty();

    membership.pulse(Nodes.agent(2));
    membership.pulse(Nodes.agent(3));

    assertThat(other.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(3)));
  }

  @Test
  void agents_and_centers_are_told_apart() throws Exception {
    Coordinator one = open();
    one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    one.join(new Member(Nodes.KEY, Nodes.center()));

    assertThat(one.members(Node.AGENT)).extracting(m -> m.node().type()).containsExactly(2);
    assertThat(one.members(Node.CENTER)).extracting(m -> m.node().type()).containsExactly(1);
  }

  @Test
  void a_key_that_another_session_holds_is_refused() throws Exception {
    open().join(new Member(Nodes.KEY, Nodes.agent(1)));
    Coordinator second = open();

    assertThatThrownBy(() -> second.join(new Member(Nodes.KEY, Nodes.agent(9))))
        .isInstanceOf(CoordinationException.class)
        .hasMessageContaining("another living session");
    assertThat(second.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(1)));
  }

  @Test
  void who_leaves_is_gone_and_its_key_is_free() throws Exception {
    Coordinator.Membership membership = open().join(new Member(Nodes.KEY, Nodes.agent(1)));
    Coordinator second = open();

    membership.leave();
    membership.leave();

    assertThat(second.members(Node.AGENT)).isEmpty();
    second.join(new Member(Nodes.KEY, Nodes.agent(2)));
    assertThat(second.members(Node.AGENT)).hasSize(1);
    assertThatThrownBy(() -> membership.pulse(Nodes.agent(3)))
        .isInstanceOf(CoordinationException.class);
    membership.leave();
    assertThat(second.members(Node.AGENT)).hasSize(1);
  }

  @Test
  void members_end_with_their_session() throws Exception {
    Coordinator one = open();
    one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    Coordinator second = open();

    one.close();

    await().until(() -> second.members(Node.AGENT).isEmpty());
  }

  @Test
  void a_lost_session_signs_in_again_with_the_newest_node() throws Exception {
    Coordinator one = open();
    List<Connection> states = new CopyOnWriteArrayList<>();
    one.onConnection(states::add);
    Coordinator.Membership membership = one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    membership.pulse(Nodes.agent(2));
    Coordinator second = open();
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    second.watchMembers(Node.AGENT, members -> sizes.add(members.size()));
    await().until(() -> sizes.equals(List.of(1)));

    server().expire(one);

    await().until(() -> sizes.contains(0) && sizes.getLast() == 1);
    assertThat(second.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(2)));
    await().until(() -> states.contains(Connection.LOST));
    await().until(() -> states.getLast() == Connection.CONNECTED);
    membership.pulse(Nodes.agent(3));
    assertThat(second.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(3)));
  }

  @Test
  void a_watcher_of_members_is_told_of_joins_pulses_and_leaves() throws Exception {
    Coordinator watching = open();
    var seen = new AtomicReference<List<Member>>();
    watching.watchMembers(Node.AGENT, seen::set);
    await().until(() -> List.of().equals(seen.get()));
    Coordinator agents = open();

    Coordinator.Membership a = agents.join(new Member(Nodes.KEY, Nodes.agent(1)));
    Coordinator.Membership b = agents.join(new Member(Nodes.OTHER, Nodes.agent(1)));
    agents.join(new Member(Nodes.KEY, Nodes.center()));
    agents.publishRevision(Nodes.KEY, 4);
    await().until(() -> seen.get().size() == 2);
    a.pulse(Nodes.agent(2));
    await().until(() -> seen.get().contains(new Member(Nodes.KEY, Nodes.agent(2))));
    b.leave();

    await()
        .untilAsserted(
            () -> assertThat(seen.get()).containsExactly(new Member(Nodes.KEY, Nodes.agent(2))));
  }

  @Test
  void a_revision_never_goes_back() throws Exception {
    Coordinator one = open();
    one.publishRevision(Nodes.KEY, 7);
    one.publishRevision(Nodes.KEY, 5);
    one.publishRevision(Nodes.KEY, 7);
    assertThat(one.revision(Nodes.KEY)).hasValue(7);

    one.publishRevision(Nodes.KEY, 8);

    assertThat(open().revision(Nodes.KEY)).hasValue(8);
    assertThat(one.revision(Nodes.OTHER)).isEmpty();
  }

  @Test
  void a_watcher_of_a_revision_is_told_the_present_one_and_each_new_one() throws Exception {
    Coordinator center = open();
    Coordinator agent = open();
    List<Long> early = new CopyOnWriteArrayList<>();
    agent.watchRevision(Nodes.KEY, early::add);
    center.publishRevision(Nodes.KEY, 1);
    await().until(() -> early.equals(List.of(1L)));
    List<Long> late = new CopyOnWriteArrayList<>();
    Coordinator.Subscription subscription = agent.watchRevision(Nodes.KEY, late::add);
    await().until(() -> late.equals(List.of(1L)));

    center.publishRevision(Nodes.KEY, 2);
    await().until(() -> early.equals(List.of(1L, 2L)) && late.equals(List.of(1L, 2L)));
    subscription.close();
    center.publishRevision(Nodes.KEY, 3);

    await().until(() -> early.equals(List.of(1L, 2L, 3L)));
    assertThat(late).containsExactly(1L, 2L);
  }

  @Test
  void the_shared_configuration_is_replaced_and_watched() throws Exception {
    Coordinator one = open();
    var seen = new AtomicReference<ServerConfig>();
    open().watchServerConfig(seen::set);
    one.publish(new ServerConfig("http://a:8091", "http://a:8985"));
    await().until(() -> new ServerConfig("http://a:8091", "http://a:8985").equals(seen.get()));

    one.publish(new ServerConfig("http://b:8091", "http://b:8985"));

    await().until(() -> new ServerConfig("http://b:8091", "http://b:8985").equals(seen.get()));
    assertThat(one.serverConfig()).contains(new ServerConfig("http://b:8091", "http://b:8985"));
  }

  @Test
  void an_outage_is_an_error_and_never_an_empty_answer() throws Exception {
    Coordinator one = open();
    one.join(new Member(Nodes.KEY, Nodes.agent(1)));
    one.publishRevision(Nodes.KEY, 3);
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    one.watchMembers(Node.AGENT, members -> sizes.add(members.size()));
    await().until(() -> sizes.equals(List.of(1)));

    server().stop();
    await().until(() -> one.connection() != Connection.CONNECTED);
    assertThatThrownBy(() -> one.members(Node.AGENT)).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> one.revision(Nodes.KEY)).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> one.publishRevision(Nodes.KEY, 4))
        .isInstanceOf(CoordinationException.class);
    assertThat(sizes).containsExactly(1);
    server().start();

    await().until(() -> one.connection() == Connection.CONNECTED);
    assertThat(one.revision(Nodes.KEY)).hasValue(3);
    await().untilAsserted(() -> assertThat(one.members(Node.AGENT)).hasSize(1));
  }

  @Test
  void watches_outlive_a_lost_session() throws Exception {
    Coordinator agent = open();
    List<Long> seen = new CopyOnWriteArrayList<>();
    agent.watchRevision(Nodes.KEY, seen::add);
    Coordinator center = open();
    center.publishRevision(Nodes.KEY, 1);
    await().until(() -> seen.equals(List.of(1L)));

    server().expire(agent);
    center.publishRevision(Nodes.KEY, 2);
    await().until(() -> seen.equals(List.of(1L, 2L)));
    await().until(() -> agent.connection() == Connection.CONNECTED);
    center.publishRevision(Nodes.KEY, 3);

    await().until(() -> seen.equals(List.of(1L, 2L, 3L)));
  }

  @Test
  void a_closed_session_answers_nothing() throws Exception {
    Coordinator one = open();
    Coordinator.Membership membership = one.join(new Member(Nodes.KEY, Nodes.agent(1)));

    one.close();
    one.close();

    assertThatThrownBy(() -> one.members(Node.AGENT)).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> one.join(new Member(Nodes.OTHER, Nodes.agent(1))))
        .isInstanceOf(CoordinationException.class);
    membership.leave();
    assertThat(one.connection()).isEqualTo(Connection.LOST);
  }

  @Test
  void a_key_that_would_lead_elsewhere_is_refused() {
    Coordinator one = open();

    assertThatThrownBy(() -> one.publishRevision("../x", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.join(new Member("", Nodes.agent(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
