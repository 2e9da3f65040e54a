package io.cloudtask.center.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.store.Placeable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of placing jobs, one by one. */
class AllocatorTest {
  private static final Placeable JOB = new Placeable("j1", "prod", List.of(), "");
  private static final Host ALPHA = host("a", "alpha", "10.0.0.1");
  private static final Host BETA = host("b", "beta", "10.0.0.2");

  private static Host host(String key, String name, String ip) {
    return new Host(key, "prod", name, ip, 10, true);
  }

  private static Host offline(Host host) {
    return new Host(
        host.key(), host.runtime(), host.hostname(), host.ipaddr(), host.capacity(), false);
  }

  private static Host withRoomFor(Host host, int capacity) {
    return new Host(
        host.key(), host.runtime(), host.hostname(), host.ipaddr(), capacity, host.online());
  }

  private static Placeable pinned(String... servers) {
    return new Placeable("j1", "prod", List.of(servers), "");
  }

  private static Placeable job(String id) {
    return new Placeable(id, "prod", List.of(), "");
  }

  private static List<Move> plan(List<Placeable> jobs, List<Host> hosts) {
    return Allocator.plan(new Snapshot(jobs, hosts, Map.of(), Map.of()));
  }

  private static List<Move> planListed(List<String> listed, Host... hosts) {
    return Allocator.plan(
        new Snapshot(List.of(JOB), List.of(hosts), Map.of("prod", listed), Map.of()));
  }

  private static List<Move> planHeld(Placeable job, String holder, Host... hosts) {
    return planHeld(job, new Snapshot.Holder(holder, false), hosts);
  }

  private static List<Move> planHeld(Placeable job, Snapshot.Holder holder, Host... hosts) {
    return Allocator.plan(
        new Snapshot(List.of(job), List.of(hosts), Map.of(), Map.of(job.jobid(), holder)));
  }

  private static Move assign(String agentkey) {
    return new Move.Assign("j1", agentkey);
  }

  private static Move unplaced(String reason) {
    return new Move.Unplaced("j1", reason);
  }

  @Test
  void a_new_job_goes_to_the_least_loaded_agent() {
    assertThat(
            Allocator.plan(
                new Snapshot(
                    List.of(JOB, job("j0")),
                    List.of(ALPHA, BETA),
                    Map.of(),
                    Map.of("j0", new Snapshot.Holder("a", false)))))
        .containsExactly(assign("b"));
  }

  @Test
  void load_is_the_used_share_of_the_capacity() {
    assertThat(
            plan(
                List.of(job("j1"), job("j2"), job("j3"), job("j4")),
                List.of(withRoomFor(ALPHA, 1), withRoomFor(BETA, 3))))
        .containsExactly(
            new Move.Assign("j1", "a"),
            new Move.Assign("j2", "b"),
            new Move.Assign("j3", "b"),
            new Move.Assign("j4", "b"));
  }

  @Test
  void nothing_moves_while_nothing_changes() {
    assertThat(planHeld(JOB, "a", ALPHA, BETA)).isEmpty();
  }

  @Test
  void an_agent_that_is_offline_keeps_its_jobs_and_gets_no_new_ones() {
    assertThat(planHeld(JOB, "a", offline(ALPHA), BETA)).isEmpty();
    assertThat(plan(List.of(JOB), List.of(offline(ALPHA), BETA))).containsExactly(assign("b"));
    assertThat(plan(List.of(JOB), List.of(offline(ALPHA))))
        .containsExactly(unplaced("offline: alpha"));
  }

  @Test
  void a_job_goes_only_to_its_runtime() {
    Host elsewhere = new Host("c", "test", "gamma", "10.0.0.3", 10, true);
    assertThat(plan(List.of(JOB), List.of(elsewhere)))
        .containsExactly(unplaced("no agent has joined runtime prod"));
    assertThat(planHeld(JOB, "c", elsewhere, ALPHA))
        .containsExactly(new Move.Recall("j1", "c", "gamma is not in runtime prod"));
  }

  @Test
  void a_runtime_that_lists_hosts_admits_only_those() {
    assertThat(planListed(List.of("BETA"), ALPHA, BETA)).containsExactly(assign("b"));
    assertThat(planListed(List.of("10.0.0.2"), ALPHA, BETA)).containsExactly(assign("b"));
    assertThat(planListed(List.of("delta"), ALPHA, BETA))
        .containsExactly(unplaced("no host that runtime prod lists has an agent"));
  }

  @Test
  void a_pinned_job_goes_only_to_its_servers() {
    assertThat(plan(List.of(pinned("beta", "delta")), List.of(ALPHA, BETA)))
        .containsExactly(assign("b"));
    assertThat(plan(List.of(pinned("10.0.0.9")), List.of(ALPHA, BETA)))
        .containsExactly(unplaced("none of its servers (10.0.0.9) has an agent in runtime prod"));
    assertThat(planHeld(pinned("beta"), "a", ALPHA, BETA))
        .containsExactly(new Move.Recall("j1", "a", "it is pinned to beta"));
  }

  @Test
  void pinned_jobs_choose_first() {
    Placeable free = job("j0");
    assertThat(plan(List.of(free, pinned("alpha")), List.of(withRoomFor(ALPHA, 1), BETA)))
        .containsExactly(assign("a"), new Move.Assign("j0", "b"));
  }

  @Test
  void a_full_agent_gets_nothing_and_one_that_shrank_gives_back() {
    Host full = withRoomFor(ALPHA, 1);
    assertThat(
            Allocator.plan(
                new Snapshot(
                    List.of(JOB, job("j2")),
                    List.of(full),
                    Map.of(),
                    Map.of("j2", new Snapshot.Holder("a", false)))))
        .containsExactly(unplaced("no room left: alpha (1 of 1)"));
    assertThat(
            Allocator.plan(
                new Snapshot(
                    List.of(JOB, job("j2")),
                    List.of(full),
                    Map.of(),
                    Map.of(
                        "j1", new Snapshot.Holder("a", false),
                        "j2", new Snapshot.Holder("a", false)))))
        .containsExactly(new Move.Recall("j2", "a", "alpha takes 1 jobs at the most"));
  }

  @Test
  void a_job_that_was_asked_back_waits_until_it_is_given_back() {
    assertThat(planHeld(pinned("beta"), new Snapshot.Holder("a", true), ALPHA, BETA))
        .containsExactly(unplaced("alpha has not given it back yet"));
  }

  @Test
  void a_long_list_of_hosts_is_cut_short_for_people() {
    List<Host> many =
        List.of("a", "b", "c", "d", "e", "f", "g").stream()
            .map(k -> offline(host(k, "host-" + k, k)))
            .toList();
    assertThat(plan(List.of(JOB), many))
        .containsExactly(unplaced("offline: host-a, host-b, host-c, host-d, host-e and 2 more"));
  }
}
