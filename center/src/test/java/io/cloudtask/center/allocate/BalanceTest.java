package io.cloudtask.center.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How much moves, and how even the loads are, against what is possible. */
class BalanceTest {
  private static final int ROOM = 1_000_000;

  private static long atMost(long heaviest, int jobs, int agents) {
    long even = (jobs + agents - 1) / agents;
    return Math.max(even, jobs * 11L / (agents * 10L));
  }

  private static void assertEven(Cluster cluster, int agents) {
    int jobs = cluster.jobs.size();
    long heaviest = cluster.heaviest();
    assertThat(heaviest).isLessThanOrEqualTo(atMost(heaviest, jobs, agents));
  }

  @Property(tries = 50)
  void a_first_plan_is_even(
      @ForAll @IntRange(min = 1, max = 40) int agents, @ForAll @IntRange(max = 2000) int jobs) {
    Cluster cluster = new Cluster().agents(agents, ROOM).jobs(jobs);
    cluster.step();
    assertThat(cluster.held).hasSize(jobs);
    assertEven(cluster, agents);
    assertThat(cluster.plan()).isEmpty();
  }

  @Property(tries = 50)
  void when_an_agent_is_lost_only_its_jobs_move(
      @ForAll @IntRange(min = 2, max = 40) int agents, @ForAll @IntRange(max = 2000) int jobs) {
    Cluster cluster = new Cluster().agents(agents, ROOM).jobs(jobs);
    cluster.step();
    long lost = cluster.load("000");
    cluster.assigned = 0;
    cluster.lose("000");
    cluster.step();
    assertThat(cluster.assigned).isEqualTo(lost);
    assertThat(cluster.recalls).isZero();
    assertEven(cluster, agents - 1);
    assertThat(cluster.plan()).isEmpty();
  }

  @Property(tries = 50)
  void when_an_agent_joins_only_its_share_moves(
      @ForAll @IntRange(min = 1, max = 40) int agents,
      @ForAll @IntRange(max = 2000) int jobs,
      @ForAll long seed) {
    Cluster cluster = new Cluster().agents(agents, ROOM).jobs(jobs);
    cluster.step();
    cluster.agents(agents + 1, ROOM);
    assertThat(cluster.settle(new Random(seed), 4)).isTrue();
    int share = jobs / (agents + 1);
    assertThat(cluster.recalls).isLessThanOrEqualTo(share);
    assertThat(cluster.lightest()).isGreaterThanOrEqualTo((long) (share * 0.9));
    assertEven(cluster, agents + 1);
  }

  /** Agents come and go for a long time, jobs are made and deleted, and give-backs take a while. */
  @Property(tries = 20)
  void through_a_long_life_loads_stay_even_and_little_moves(@ForAll long seed) {
    Random random = new Random(seed);
    Cluster cluster = new Cluster().agents(8, ROOM).jobs(800);
    cluster.step();
    for (int event = 0; event < 12; event++) {
      long least = happens(cluster, random);
      cluster.recalls = 0;
      assertThat(cluster.settle(random, 3)).as("event %d", event).isTrue();
      assertThat(cluster.recalls)
          .as("event %d", event)
          .isLessThanOrEqualTo((int) (least * 1.1) + 1);
      long there = cluster.hosts.values().stream().filter(h -> h.closed().isEmpty()).count();
      assertEven(cluster, (int) there);
    }
  }

  /** Something; gives how many jobs have to be asked back for it. */
  private static long happens(Cluster cluster, Random random) {
    String key = "%03d".formatted(random.nextInt(10));
    Host host = cluster.hosts.get(key);
    if (host == null || !host.closed().isEmpty()) {
      cluster.add(Hosts.withRoomFor(Hosts.host(key), ROOM));
      long there = cluster.hosts.values().stream().filter(h -> h.closed().isEmpty()).count();
      return cluster.jobs.size() / there;
    }
    long open = cluster.hosts.values().stream().filter(h -> h.closed().isEmpty()).count();
    if (open > 3 && random.nextBoolean()) {
      cluster.lose(key);
      return 0;
    }
    cluster.jobs(20);
    return 0;
  }

  @Test
  void a_hundred_thousand_jobs_over_a_hundred_agents() {
    Cluster cluster = new Cluster().agents(100, ROOM).jobs(100_000);
    cluster.step();
    assertThat(cluster.heaviest()).isLessThanOrEqualTo(1100);

    long lost = cluster.load("050");
    cluster.lose("050");
    cluster.assigned = 0;
    cluster.step();
    assertThat(cluster.assigned).isEqualTo(lost);

    cluster.change("050", host -> Hosts.closed(host, ""));
    assertThat(cluster.step().size()).isBetween(900, 1000);
    cluster.giveBack(new Random(1), 1);
    cluster.step();
    assertThat(cluster.load("050")).isBetween(900L, 1000L);
    assertThat(cluster.plan()).isEmpty();
  }
}
