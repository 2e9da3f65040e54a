package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.coordination.Coordinator.Connection;
import io.cloudtask.coordination.MemorySession.Cut;
import io.cloudtask.model.wire.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The faults that only the twin knows, on a clock that the test moves, without any thread. */
final class MemoryFaultsTest {
  private static final Member AGENT = new Member(Nodes.KEY, Nodes.agent(1));
  private static final Duration TIMEOUT = Duration.ofSeconds(8);

  private final Queue<Runnable> due = new ArrayDeque<>();
  private long now = Duration.ofDays(1).toNanos();
  private final MemoryCoordination server = new MemoryCoordination(due::add, () -> now, TIMEOUT);
  private final MemorySession agent = server.open();
  private final MemorySession leader = server.open();

  private void settle() {
    while (!due.isEmpty()) {
      due.remove().run();
    }
  }

  private void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 500) {
      now += Duration.ofMillis(500).toNanos();
      server.tick();
    }
  }

  private Registration register() throws CoordinationException {
    return agent.register(AGENT, agent.revisionMark(Nodes.KEY));
  }

  @Test
  void a_session_lives_as_long_as_its_process() throws Exception {
    register();

    pass(TIMEOUT.multipliedBy(3));
    assertThat(leader.members(Node.AGENT)).hasSize(1);
    agent.freeze(true);
    pass(TIMEOUT.minusSeconds(1));
    assertThat(leader.members(Node.AGENT)).hasSize(1);

    pass(Duration.ofSeconds(1));
    assertThat(leader.members(Node.AGENT)).isEmpty();
  }

  @Test
  void a_frozen_process_hears_of_its_end_when_it_wakes() throws Exception {
    Registration registration = register();
    List<String> heard = new ArrayList<>();
    registration.onLost(() -> heard.add("lost"));
    agent.onConnection(c -> heard.add(c.name()));
    agent.freeze(true);
    pass(TIMEOUT);
    assertThat(leader.fence(Nodes.KEY, 0)).isPresent();

    agent.freeze(false);
    settle();

    assertThat(heard).containsExactlyInAnyOrder("LOST", "CONNECTED", "lost");
    assertThatThrownBy(registration::renew).isInstanceOf(RegistrationLostException.class);
  }

  @Test
  void requests_that_get_lost_let_the_session_run_out() throws Exception {
    Registration registration = register();

    agent.cut(Cut.REQUESTS);
    assertThatThrownBy(registration::renew).isInstanceOf(CoordinationException.class);
    assertThat(agent.connection()).isEqualTo(Connection.SUSPENDED);
    pass(TIMEOUT);
    assertThat(leader.members(Node.AGENT)).isEmpty();
    assertThat(agent.connection()).isEqualTo(Connection.LOST);
    agent.mend();

    assertThat(agent.connection()).isEqualTo(Connection.CONNECTED);
    assertThatThrownBy(registration::renew).isInstanceOf(RegistrationLostException.class);
    register().renew();
  }

  @Test
  void answers_that_get_lost_leave_what_was_asked_done() throws Exception {
    RevisionMark mark = agent.revisionMark(Nodes.KEY);
    agent.cut(Cut.ANSWERS);

    assertThatThrownBy(() -> agent.register(AGENT, mark))
        .isInstanceOf(CoordinationException.class)
        .isNotInstanceOf(RevisionMovedException.class);

    assertThat(leader.members(Node.AGENT)).containsExactly(AGENT);
    assertThat(leader.fence(Nodes.KEY, 0)).isEmpty();
    agent.mend();
    register().renew();
    assertThat(leader.members(Node.AGENT)).containsExactly(AGENT);
  }

  @Test
  void a_short_cut_costs_a_renewal_and_no_registration() throws Exception {
    Registration registration = register();
    registration.renew();

    agent.cut(Cut.BOTH);
    pass(Duration.ofSeconds(2));
    assertThatThrownBy(registration::renew).isInstanceOf(CoordinationException.class);
    agent.mend();

    registration.renew();
  }

  @Test
  void a_write_after_a_silence_gives_no_lease_until_it_is_confirmed() throws Exception {
    Registration registration = register();
    pass(TIMEOUT);
    agent.freeze(true);
    pass(TIMEOUT.minusSeconds(1));

    agent.freeze(false);
    assertThatThrownBy(registration::renew)
        .isInstanceOf(CoordinationException.class)
        .isNotInstanceOf(RegistrationLostException.class)
        .hasMessageContaining("after a silence");
    pass(Duration.ofSeconds(2));

    registration.renew();
  }

  @Test
  void events_come_when_the_executor_brings_them() throws Exception {
    List<Long> seen = new ArrayList<>();
    agent.watchRevision(Nodes.KEY, seen::add);

    leader.publishRevision(Nodes.KEY, 1);
    leader.publishRevision(Nodes.KEY, 2);
    assertThat(seen).isEmpty();

    settle();
    assertThat(seen).containsExactly(1L, 2L);
  }

  @Test
  void an_event_that_gets_lost_is_made_up_for_by_the_next_or_a_new_connection() throws Exception {
    List<Long> seen = new ArrayList<>();
    agent.watchRevision(Nodes.KEY, seen::add);
    agent.loseEvents(true);
    leader.publishRevision(Nodes.KEY, 1);
    agent.loseEvents(false);
    settle();
    assertThat(seen).isEmpty();

    leader.publishRevision(Nodes.KEY, 2);
    settle();
    assertThat(seen).containsExactly(2L);
    agent.loseEvents(true);
    leader.publishRevision(Nodes.KEY, 3);
    agent.loseEvents(false);
    agent.cut(Cut.BOTH);
    agent.mend();
    settle();

    assertThat(seen).containsExactly(2L, 3L);
  }

  @Test
  void a_cut_leader_is_deposed_at_once_and_followed_when_its_session_is_over() {
    List<String> heard = new ArrayList<>();
    Candidacy first = agent.lead("c1", listener(heard, "one"));
    Candidacy second = leader.lead("c2", listener(heard, "two"));
    settle();

    agent.cut(Cut.BOTH);
    assertThat(first.leads()).isFalse();
    assertThat(second.leads()).isFalse();
    pass(TIMEOUT);
    assertThat(second.leads()).isTrue();
    agent.mend();
    settle();

    assertThat(first.leads()).isFalse();
    assertThat(heard).containsExactly("one elected", "one deposed", "two elected");
  }

  private static LeaderListener listener(List<String> heard, String name) {
    return new LeaderListener() {
      @Override
      public void elected() {
        heard.add(name + " elected");
      }

      @Override
      public void deposed() {
        heard.add(name + " deposed");
      }
    };
  }

  @Test
  void a_frozen_leader_is_followed_and_does_not_lead_when_it_wakes() {
    Candidacy first = leader.lead("c1", listener(new ArrayList<>(), "one"));
    Candidacy second = server.open().lead("c2", listener(new ArrayList<>(), "two"));
    settle();
    assertThat(first.leads()).isTrue();

    leader.freeze(true);
    pass(TIMEOUT.multipliedBy(2));
    assertThat(second.leads()).isTrue();
    assertThat(first.leads()).as("it has heard of nothing").isTrue();

    leader.freeze(false);
    assertThat(first.leads()).isFalse();
    assertThat(second.leads()).isTrue();
  }

  @Test
  void an_outage_of_all_gives_sessions_their_time_anew() throws Exception {
    register();

    server.cut();
    pass(TIMEOUT.multipliedBy(2));
    server.restore();
    pass(Duration.ofSeconds(1));

    assertThat(leader.members(Node.AGENT)).isEmpty();
    assertThat(agent.connection()).isEqualTo(Connection.CONNECTED);
  }
}
