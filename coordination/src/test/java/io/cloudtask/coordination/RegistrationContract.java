package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Coordinator.Connection;
import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Registering, renewing and fencing, for every coordinator. */
abstract class RegistrationContract extends Contract {
  private static final Member AGENT = new Member(Nodes.KEY, Nodes.agent(1));

  private static Registration register(Coordinator coordinator) throws CoordinationException {
    return coordinator.register(AGENT, coordinator.revisionMark(Nodes.KEY));
  }

  @Test
  void an_agent_of_whom_nothing_was_published_has_mark_0() throws Exception {
    Coordinator one = open();

    RevisionMark mark = one.revisionMark(Nodes.KEY);

    assertThat(mark.revision()).isZero();
    assertThat(open().revisionMark(Nodes.KEY)).isEqualTo(mark);
    assertThat(one.revision(Nodes.KEY)).hasValue(0);
  }

  @Test
  void a_mark_moves_with_each_publication() throws Exception {
    Coordinator one = open();
    one.publishRevision(Nodes.KEY, 7);
    RevisionMark seven = one.revisionMark(Nodes.KEY);
    one.publishRevision(Nodes.KEY, 7);
    assertThat(one.revisionMark(Nodes.KEY)).isEqualTo(seven);

    one.publishRevision(Nodes.KEY, 8);

    RevisionMark eight = one.revisionMark(Nodes.KEY);
    assertThat(seven.revision()).isEqualTo(7);
    assertThat(eight.revision()).isEqualTo(8);
    assertThat(eight.version()).isNotEqualTo(seven.version());
  }

  @Test
  void a_registered_agent_is_seen_with_its_newest_pulse_and_renews() throws Exception {
    Registration registration = register(open());
    Coordinator other = open();
    assertThat(other.members(Node.AGENT)).containsExactly(AGENT);

    registration.pulse(Nodes.agent(2));
    registration.renew();
    registration.pulse(Nodes.agent(3));
    registration.renew();

    assertThat(other.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(3)));
    assertThat(registration.leaseLength()).isPositive().isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void an_agent_whose_set_has_moved_is_not_registered() throws Exception {
    Coordinator agent = open();
    RevisionMark old = agent.revisionMark(Nodes.KEY);
    open().publishRevision(Nodes.KEY, 1);

    assertThatThrownBy(() -> agent.register(AGENT, old))
        .isInstanceOf(RevisionMovedException.class)
        .hasMessageContaining(Nodes.KEY);

    assertThat(agent.members(Node.AGENT)).isEmpty();
    agent.register(AGENT, agent.revisionMark(Nodes.KEY)).renew();
  }

  @Test
  void a_set_that_moves_later_ends_no_registration() throws Exception {
    Coordinator agent = open();
    Registration registration = register(agent);

    open().publishRevision(Nodes.KEY, 1);

    registration.renew();
  }

  @Test
  void a_key_that_another_session_holds_is_refused() throws Exception {
    Registration first = register(open());
    Coordinator second = open();

    assertThatThrownBy(() -> register(second))
        .isInstanceOf(KeyTakenException.class)
        .hasMessageContaining("another living session");
    assertThatThrownBy(() -> second.join(AGENT)).isInstanceOf(KeyTakenException.class);

    first.renew();
    assertThat(second.members(Node.AGENT)).containsExactly(AGENT);
  }

  @Test
  void who_leaves_is_gone_and_its_key_is_free() throws Exception {
    Coordinator one = open();
    Registration registration = register(one);
    List<String> lost = new CopyOnWriteArrayList<>();
    registration.onLost(() -> lost.add("lost"));

    registration.leave();
    registration.leave();

    Coordinator second = open();
    assertThat(second.members(Node.AGENT)).isEmpty();
    register(second).renew();
    assertThatThrownBy(registration::renew).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> registration.pulse(Nodes.agent(3)))
        .isInstanceOf(CoordinationException.class);
    registration.leave();
    assertThat(second.members(Node.AGENT)).hasSize(1);
    assertThat(lost).isEmpty();
  }

  @Test
  void who_registers_again_in_the_same_session_replaces_what_it_left() throws Exception {
    Coordinator one = open();
    Registration before = register(one);
    Registration after =
        one.register(new Member(Nodes.KEY, Nodes.agent(5)), one.revisionMark(Nodes.KEY));

    after.renew();
    after.pulse(Nodes.agent(6));

    assertThat(one.members(Node.AGENT)).containsExactly(new Member(Nodes.KEY, Nodes.agent(6)));
    assertThat(before.leaseLength()).isEqualTo(after.leaseLength());
  }

  @Test
  void a_lost_session_is_told_and_not_registered_again() throws Exception {
    Coordinator agent = open();
    Registration registration = register(agent);
    var lost = new AtomicInteger();
    registration.onLost(lost::incrementAndGet);
    Coordinator other = open();

    server().expire(agent);

    await().until(() -> lost.get() == 1);
    await().until(() -> agent.connection() == Connection.CONNECTED);
    assertThat(other.members(Node.AGENT)).isEmpty();
    assertThatThrownBy(registration::renew).isInstanceOf(RegistrationLostException.class);
    assertThatThrownBy(() -> registration.pulse(Nodes.agent(2)))
        .isInstanceOf(RegistrationLostException.class);
    var late = new AtomicInteger();
    registration.onLost(late::incrementAndGet);
    await().until(() -> late.get() == 1);
    assertThat(lost).hasValue(1);
    registration.leave();

    register(agent).renew();
    assertThat(other.members(Node.AGENT)).hasSize(1);
  }

  @Test
  void an_agent_that_is_there_is_not_fenced() throws Exception {
    Coordinator agent = open();
    Registration registration = register(agent);
    Coordinator leader = open();
    RevisionMark before = leader.revisionMark(Nodes.KEY);

    assertThat(leader.fence(Nodes.KEY, 5)).isEmpty();

    assertThat(leader.revisionMark(Nodes.KEY)).isEqualTo(before);
    registration.renew();
  }

  @Test
  void who_was_fenced_gets_in_only_with_a_mark_read_afterwards() throws Exception {
    Coordinator agent = open();
    agent.publishRevision(Nodes.KEY, 7);
    RevisionMark before = agent.revisionMark(Nodes.KEY);
    Coordinator leader = open();

    assertThat(leader.fence(Nodes.KEY, 7)).isPresent();

    assertThatThrownBy(() -> agent.register(AGENT, before))
        .isInstanceOf(RevisionMovedException.class);
    assertThat(leader.members(Node.AGENT)).isEmpty();
    RevisionMark after = agent.revisionMark(Nodes.KEY);
    assertThat(after.revision()).isEqualTo(8);
    agent.register(AGENT, after).renew();
    assertThat(leader.fence(Nodes.KEY, 8)).isEmpty();
  }

  @Test
  void a_fence_passes_what_the_store_knows_and_nobody_has_published() throws Exception {
    Coordinator leader = open();
    leader.publishRevision(Nodes.KEY, 7);

    leader.fence(Nodes.KEY, 9);
    assertThat(leader.revision(Nodes.KEY)).hasValue(10);
    leader.fence(Nodes.KEY, 2);
    assertThat(leader.revision(Nodes.KEY)).hasValue(11);

    leader.fence(Nodes.OTHER, 0);
    assertThat(leader.revision(Nodes.OTHER)).hasValue(1);
  }

  @Test
  void a_fence_after_the_session_has_run_out_succeeds() throws Exception {
    Coordinator agent = open();
    register(agent);
    Coordinator leader = open();

    agent.close();

    await().until(() -> leader.fence(Nodes.KEY, 0).isPresent());
  }

  @Test
  void without_an_answer_nothing_is_renewed_and_the_registration_lasts() throws Exception {
    Coordinator agent = open();
    Registration registration = register(agent);

    server().stop();
    await().until(() -> agent.connection() != Connection.CONNECTED);
    assertThatThrownBy(registration::renew)
        .isInstanceOf(CoordinationException.class)
        .isNotInstanceOf(RegistrationLostException.class);
    server().start();

    await().until(() -> agent.connection() == Connection.CONNECTED);
    registration.renew();
  }

  @Test
  void without_an_answer_nothing_is_fenced_and_no_mark_is_read() throws Exception {
    Coordinator leader = open();
    server().stop();
    await().until(() -> leader.connection() != Connection.CONNECTED);

    assertThatThrownBy(() -> leader.fence(Nodes.KEY, 0)).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> leader.revisionMark(Nodes.KEY))
        .isInstanceOf(CoordinationException.class);
  }

  @Test
  void a_closed_session_registers_renews_and_fences_nothing() throws Exception {
    Coordinator one = open();
    RevisionMark mark = one.revisionMark(Nodes.KEY);
    Registration registration = one.register(AGENT, mark);

    one.close();

    assertThatThrownBy(registration::renew).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> one.register(AGENT, mark)).isInstanceOf(CoordinationException.class);
    assertThatThrownBy(() -> one.fence(Nodes.KEY, 0)).isInstanceOf(CoordinationException.class);
    registration.leave();
  }
}
