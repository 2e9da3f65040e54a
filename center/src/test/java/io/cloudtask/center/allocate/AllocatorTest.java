package io.cloudtask.center.allocate;

import static io.cloudtask.center.allocate.Hosts.arriving;
import static io.cloudtask.center.allocate.Hosts.closed;
import static io.cloudtask.center.allocate.Hosts.host;
import static io.cloudtask.center.allocate.Hosts.in;
import static io.cloudtask.center.allocate.Hosts.offline;
import static io.cloudtask.center.allocate.Hosts.running;
import static io.cloudtask.center.allocate.Hosts.withRoomFor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rules of placing jobs, one by one. */
class AllocatorTest {
  private static final Host A = host("a");
  private static final Host B = host("b");

  private final Cluster cluster = new Cluster();

  private static Move assign(String agentkey) {
    return new Move.Assign("j1", agentkey);
  }

  private static Move unplaced(String reason) {
    return new Move.Unplaced("j1", reason);
  }

  @Test
  void a_new_job_goes_to_an_agent_that_has_not_too_much() {
    cluster.add(A, B).job("j0").hold("j0", "a").job("j1");
    assertThat(cluster.plan()).containsExactly(assign("b"));
  }

  @Test
  void agents_that_take_few_jobs_are_filled_and_the_others_share_the_rest() {
    cluster.add(withRoomFor(A, 1), withRoomFor(B, 50), withRoomFor(host("c"), 50)).jobs(41).step();
    assertThat(cluster.load("a")).isEqualTo(1);
    assertThat(cluster.load("b")).isBetween(18L, 22L);
    assertThat(cluster.load("c")).isBetween(18L, 22L);
  }

  @Test
  void nothing_moves_while_nothing_changes() {
    cluster.add(A, B).job("j1").hold("j1", "a");
    assertThat(cluster.plan()).isEmpty();
  }

  @Test
  void an_agent_that_is_offline_keeps_its_jobs_and_gets_no_new_ones() {
    cluster.add(offline(A), B).job("j1").hold("j1", "a");
    assertThat(cluster.plan()).isEmpty();
    cluster.held.clear();
    assertThat(cluster.plan()).containsExactly(assign("b"));
    cluster.hosts.remove("b");
    assertThat(cluster.plan()).containsExactly(unplaced("offline: host-a"));
  }

  @Test
  void every_reason_for_which_agents_take_nothing_is_named() {
    cluster.add(offline(A), closed(B, "clock off"), offline(host("c"))).job("j1");
    assertThat(cluster.plan())
        .containsExactly(unplaced("clock off: host-b; offline: host-a, host-c"));
  }

  @Test
  void a_job_goes_only_to_its_runtime() {
    cluster.add(in(A, "test")).job("j1");
    assertThat(cluster.plan()).containsExactly(unplaced("no agent has joined runtime prod"));
    cluster.hold("j1", "a").add(B);
    assertThat(cluster.plan())
        .containsExactly(new Move.Recall("j1", "a", "b", "host-a is not in runtime prod"));
  }

  @Test
  void a_runtime_that_lists_hosts_admits_only_those() {
    cluster.add(A, B).job("j1");
    cluster.listed = Map.of("prod", List.of("HOST-B"));
    assertThat(cluster.plan()).containsExactly(assign("b"));
    cluster.listed = Map.of("prod", List.of("10.0.0.b"));
    assertThat(cluster.plan()).containsExactly(assign("b"));
    cluster.listed = Map.of("prod", List.of("delta"));
    assertThat(cluster.plan())
        .containsExactly(unplaced("no host that runtime prod lists has an agent"));
    cluster.hold("j1", "a");
    assertThat(cluster.plan())
        .containsExactly(new Move.Recall("j1", "a", null, "runtime prod does not list host-a"));
  }

  @Test
  void a_pinned_job_goes_only_to_its_servers() {
    cluster.add(A, B).job("j1", "host-b", "delta");
    assertThat(cluster.plan()).containsExactly(assign("b"));
    cluster.job("j1", "10.0.0.9");
    assertThat(cluster.plan())
        .containsExactly(unplaced("none of its servers (10.0.0.9) has an agent in runtime prod"));
    cluster.job("j1", "host-b").hold("j1", "a");
    assertThat(cluster.plan())
        .containsExactly(new Move.Recall("j1", "a", "b", "it is pinned to host-b"));
  }

  @Test
  void pinned_jobs_choose_first() {
    cluster.add(withRoomFor(A, 1), B).job("j0").job("j1", "host-a");
    assertThat(cluster.plan()).containsExactlyInAnyOrder(assign("a"), new Move.Assign("j0", "b"));
  }

  @Test
  void a_job_that_can_live_anywhere_makes_room_for_one_that_cannot() {
    cluster.add(withRoomFor(A, 1), B).job("j0").hold("j0", "a").job("j1", "host-a");
    assertThat(cluster.step())
        .containsExactlyInAnyOrder(
            unplaced("host-a has to give back a job first"),
            new Move.Recall("j0", "a", "b", "host-a takes 1 jobs at the most"));
    cluster.held.remove("j0");
    assertThat(cluster.plan()).containsExactlyInAnyOrder(assign("a"), new Move.Assign("j0", "b"));
  }

  @Test
  void a_full_agent_gets_nothing_and_one_that_shrank_gives_back() {
    cluster.add(withRoomFor(A, 1)).job("j1").job("j2").hold("j2", "a");
    assertThat(cluster.plan()).contains(unplaced("no room left: host-a takes 1")).hasSize(1);
    cluster.hold("j1", "a");
    assertThat(cluster.plan())
        .containsExactly(new Move.Recall("j2", "a", null, "host-a takes 1 jobs at the most"));
  }

  @Test
  void a_job_that_was_asked_back_waits_until_it_is_given_back() {
    cluster.add(A, B).job("j1", "host-b").hold("j1", "a").step();
    assertThat(cluster.plan())
        .containsExactly(new Move.Stays("j1", "a", "b", "host-a has not given it back yet"));
  }

  @Test
  void a_job_that_was_asked_back_stays_when_the_reason_is_gone() {
    cluster.add(A, B).job("j1", "host-b").hold("j1", "a").step();
    cluster.job("j1");
    cluster.hosts.remove("b");
    assertThat(cluster.plan()).containsExactly(new Move.Keep("j1", "a"));
  }

  @Test
  void a_drained_agent_gives_back_what_others_can_take_and_nothing_else() {
    cluster.add(A.drained(), B).job("j1").hold("j1", "a").job("j2", "host-a").hold("j2", "a");
    assertThat(cluster.plan())
        .containsExactlyInAnyOrder(
            new Move.Recall("j1", "a", "b", "host-a is being drained"),
            new Move.Stays("j2", "a", null, "no other agent may hold it"));
    cluster.change("b", Hosts::offline);
    assertThat(cluster.plan())
        .contains(new Move.Stays("j1", "a", null, "draining: host-a; offline: host-b"));
  }

  @Test
  void what_was_asked_back_for_a_drain_stays_when_the_drain_ends() {
    cluster.add(A.drained(), B);
    for (String job : List.of("j1", "j2", "j3", "j4")) {
      cluster.job(job).hold(job, "a");
    }
    cluster.step();
    cluster.add(A);
    cluster.step();
    assertThat(cluster.held.values()).filteredOn(holder -> !holder.recalled()).hasSize(2);
    assertThat(cluster.settle(new Random(1), 1)).isTrue();
    assertThat(cluster.load("a")).isEqualTo(2);
  }

  @Test
  void an_agent_that_has_just_come_gets_what_nobody_holds_and_its_share_later() {
    cluster.add(A).jobs(6).step();
    cluster.add(arriving(B)).job("new");
    assertThat(cluster.step()).containsExactly(new Move.Assign("new", "b"));
    cluster.add(B);
    assertThat(cluster.plan())
        .hasSize(2)
        .allSatisfy(move ->
            assertThat(move)
                .isInstanceOfSatisfying(
                    Move.Recall.class,
                    recall -> {
                      assertThat(recall.to()).isEqualTo("b");
                      assertThat(recall.reason()).isEqualTo("host-b gets its share");
                    }));
  }

  @Test
  void what_an_agent_had_before_comes_back_to_it() {
    cluster.agents(5, 1000).jobs(500).step();
    Map<String, Snapshot.Holder> before = Map.copyOf(cluster.held);
    cluster.lose("002");
    cluster.step();
    cluster.change("002", host -> closed(host, ""));
    assertThat(cluster.settle(new Random(1), 2)).isTrue();
    long others =
        before.entrySet().stream()
            .filter(e -> !e.getValue().equals(cluster.held.get(e.getKey())))
            .count();
    assertThat(others).as("jobs that are not where they were").isLessThan(10);
  }

  @Test
  void by_preference_a_job_goes_where_the_fewest_runs_are_expected() {
    cluster.mode = Mode.PREF;
    cluster.add(running(A, 8), running(B, 1), running(host("c"), 4)).job("j1");
    assertThat(cluster.plan()).containsExactly(assign("b"));
    cluster.jobs(10).step();
    assertThat(cluster.load("b")).isGreaterThan(cluster.load("c"));
    assertThat(cluster.load("c")).isGreaterThan(cluster.load("a"));
  }

  @Test
  void by_preference_a_job_goes_at_once_to_who_would_have_it_asked_back_as_its_share() {
    cluster.mode = Mode.PREF;
    cluster.add(sized(0, 7, true, 1), sized(1, 2, true, 0), sized(2, 3, true, 1));
    cluster.add(sized(4, 3, false, 2));
    cluster.job("job-0").hold("job-0", "key-2").job("job-4", "host-1").hold("job-4", "key-1");
    cluster.job("job-2").step();
    assertThat(cluster.held).containsEntry("job-2", new Snapshot.Holder("key-0", false));
    assertThat(cluster.plan()).isEmpty();
  }

  private static Host sized(int number, int capacity, boolean settled, int running) {
    String name = "host-" + number;
    String address = "10.0.0." + number;
    return new Host("key-" + number, "prod", name, address, capacity, "", false, settled, running);
  }

  @Test
  void measured_load_moves_no_job() {
    cluster.mode = Mode.PREF;
    cluster.add(A, B).jobs(10).step();
    cluster.add(running(A, 100), running(B, 1));
    assertThat(cluster.plan()).isEmpty();
  }

  @Test
  void a_long_list_of_hosts_is_cut_short_for_people() {
    List.of("a", "b", "c", "d", "e", "f", "g").forEach(k -> cluster.add(offline(host(k))));
    cluster.job("j1");
    assertThat(cluster.plan())
        .containsExactly(unplaced("offline: host-a, host-b, host-c, host-d, host-e and 2 more"));
  }
}
