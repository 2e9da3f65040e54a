package io.cloudtask.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudtask.coordination.Coordinator.Connection;
import io.cloudtask.model.wire.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a real ensemble of three can show. */
final class ZooKeeperEnsembleTest {
  private static final Member AGENT = new Member(Nodes.KEY, Nodes.agent(1));
  private static final Duration SESSION = Duration.ofSeconds(6);
  private static final List<Integer> ALL = List.of(0, 1, 2);

  @TempDir static Path dir;
  private static TestEnsemble ensemble;

  @BeforeAll
  static void start() throws Exception {
    ensemble = new TestEnsemble(dir);
    try (Coordinator center = ensemble.connect(ALL, SESSION)) {
      center.ring("PLAN");
    }
  }

  @BeforeEach
  void all_serve() {
    ensemble.awaitAll();
  }

  @AfterEach
  void nobody_is_registered() throws Exception {
    try (Coordinator looking = ensemble.connect(ALL, SESSION)) {
      patiently().until(() -> looking.members(Node.AGENT).isEmpty());
    }
  }

  @AfterAll
  static void stop() {
    ensemble.close();
  }

  private static ConditionFactory patiently() {
    return await().ignoreException(CoordinationException.class).atMost(Duration.ofSeconds(40));
  }

  private static boolean renewed(Registration registration) throws CoordinationException {
    registration.renew();
    return true;
  }

  @Test
  void without_a_quorum_reads_may_be_answered_and_no_lease_is_renewed() throws Exception {
    int leader = ensemble.leader();
    try (Coordinator agent = ensemble.connect(List.of(leader), SESSION);
        Coordinator reading = ensemble.connect(List.of(leader), SESSION)) {
      Registration registration = agent.register(AGENT, agent.revisionMark(Nodes.KEY));
      registration.renew();
      assertThat(reading.revision(Nodes.KEY)).isPresent();
      for (int follower : ensemble.others(leader)) {
        ensemble.signal(follower, "STOP");
      }
      try {
        assertThat(reading.revision(Nodes.KEY)).isPresent();
        assertThat(reading.members(Node.AGENT)).hasSize(1);

        assertThatThrownBy(registration::renew)
            .isInstanceOf(CoordinationException.class)
            .isNotInstanceOf(RegistrationLostException.class);
      } finally {
        for (int follower : ensemble.others(leader)) {
          ensemble.signal(follower, "CONT");
        }
      }
    }
  }

  @Test
  void a_registration_lasts_while_the_servers_are_killed_one_by_one() throws Exception {
    var lost = new AtomicInteger();
    try (Coordinator agent = ensemble.connect(ALL, Duration.ofSeconds(20))) {
      Registration registration = agent.register(AGENT, agent.revisionMark(Nodes.KEY));
      registration.onLost(lost::incrementAndGet);
      for (int server : ALL) {
        ensemble.killAndRestart(server);
        patiently().until(() -> renewed(registration));
        ensemble.awaitAll();
      }
      patiently().until(() -> renewed(registration));
      assertThat(lost).hasValue(0);
      assertThat(agent.connection()).isEqualTo(Connection.CONNECTED);
      registration.leave();
    }
  }

  @Test
  void a_silent_agent_is_gone_after_its_timeout_and_then_it_can_be_fenced() throws Exception {
    Duration tight = Duration.ofSeconds(2);
    try (Coordinator leader = ensemble.connect(ALL, SESSION)) {
      Process agent = SilentAgent.start(ensemble.hosts(ALL), Nodes.KEY, tight);
      patiently().until(() -> leader.members(Node.AGENT).size() == 1);
      assertThat(leader.fence(Nodes.KEY, 4)).isEmpty();

      agent.destroyForcibly();

      patiently().until(() -> leader.fence(Nodes.KEY, 4).isPresent());
      assertThat(leader.members(Node.AGENT)).isEmpty();
      assertThat(leader.revision(Nodes.KEY)).hasValue(5);
    }
  }
}
