package io.cloudtask.center.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.store.Placeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every plan, whatever the jobs and agents. */
class AllocatorPropertiesTest {
  private static final List<String> RUNTIMES = List.of("prod", "test");

  @Property(tries = 500)
  void no_agent_ever_gets_more_than_it_takes(@ForAll("snapshots") Snapshot snapshot) {
    Map<String, Long> before = load(holders(snapshot.held()));
    Cluster cluster = cluster(snapshot);
    cluster.step();
    Map<String, Long> after = load(holders(cluster.held));
    snapshot
        .hosts()
        .forEach(host ->
            assertThat(after.getOrDefault(host.key(), 0L))
                .isLessThanOrEqualTo(
                    Math.max(host.capacity(), before.getOrDefault(host.key(), 0L))));
  }

  @Property(tries = 500)
  void a_job_is_given_only_to_one_that_may_take_it(@ForAll("snapshots") Snapshot snapshot) {
    for (Move move : Allocator.plan(snapshot)) {
      switch (move) {
        case Move.Assign(String jobid, String key) -> {
          assertThat(snapshot.held()).doesNotContainKey(jobid);
          assertThat(mayTake(host(snapshot, key), job(snapshot, jobid))).isTrue();
        }
        case Move.Recall(String jobid, String from, String to, String _) -> {
          assertThat(snapshot.held()).containsEntry(jobid, new Snapshot.Holder(from, false));
          assertThat(to).isNotEqualTo(from);
          assertThat(to == null || mayTake(host(snapshot, to), job(snapshot, jobid))).isTrue();
        }
        case Move.Keep(String jobid, String key) ->
            assertThat(snapshot.held()).containsEntry(jobid, new Snapshot.Holder(key, true));
        case Move.Stays _, Move.Unplaced _ -> {}
      }
    }
  }

  private static Host host(Snapshot snapshot, String key) {
    return snapshot.hosts().stream().filter(h -> h.key().equals(key)).findFirst().orElseThrow();
  }

  private static Placeable job(Snapshot snapshot, String jobid) {
    return snapshot.jobs().stream()
        .filter(job -> job.jobid().equals(jobid))
        .findFirst()
        .orElseThrow();
  }

  private static boolean mayTake(Host host, Placeable job) {
    return host.closed().isEmpty()
        && host.runtime().equals(job.runtime())
        && (job.servers().isEmpty() || host.isIn(job.servers()));
  }

  @Property(tries = 500)
  void each_job_is_moved_once_at_the_most_and_none_is_forgotten(
      @ForAll("snapshots") Snapshot snapshot) {
    List<String> moved = Allocator.plan(snapshot).stream().map(Move::jobid).toList();
    assertThat(moved).doesNotHaveDuplicates();
    snapshot.jobs().stream()
        .map(Placeable::jobid)
        .filter(id -> !snapshot.held().containsKey(id))
        .forEach(id -> assertThat(moved).contains(id));
  }

  @Property(tries = 500)
  void the_order_of_what_is_known_does_not_matter(
      @ForAll("snapshots") Snapshot snapshot, @ForAll long seed) {
    List<Placeable> jobs = new ArrayList<>(snapshot.jobs());
    List<Host> hosts = new ArrayList<>(snapshot.hosts());
    Collections.shuffle(jobs, new Random(seed));
    Collections.shuffle(hosts, new Random(seed));
    Snapshot shuffled =
        new Snapshot(snapshot.mode(), jobs, hosts, snapshot.listed(), snapshot.held());

    assertThat(Allocator.plan(shuffled)).isEqualTo(Allocator.plan(snapshot));
  }

  @Property(tries = 100)
  void everything_settles_when_agents_give_back_what_they_are_asked_for(
      @ForAll("snapshots") Snapshot snapshot, @ForAll long seed) {
    Cluster cluster = cluster(snapshot);
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      cluster.step();
      cluster.giveBack(random, 3);
    }
    assertThat(cluster.plan())
        .allMatch(move -> move instanceof Move.Unplaced || move instanceof Move.Stays);
  }

  private static Cluster cluster(Snapshot snapshot) {
    Cluster cluster = new Cluster();
    cluster.mode = snapshot.mode();
    cluster.listed = snapshot.listed();
    snapshot.hosts().forEach(cluster::add);
    snapshot.jobs().forEach(job -> cluster.jobs.put(job.jobid(), job));
    cluster.held.putAll(snapshot.held());
    return cluster;
  }

  private static Map<String, String> holders(Map<String, Snapshot.Holder> held) {
    Map<String, String> holders = new HashMap<>();
    held.forEach((job, holder) -> holders.put(job, holder.agentkey()));
    return holders;
  }

  private static Map<String, Long> load(Map<String, String> holders) {
    return holders.values().stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Provide
  Arbitrary<Snapshot> snapshots() {
    return Arbitraries.longs().map(AllocatorPropertiesTest::snapshot);
  }

  private static Snapshot snapshot(long seed) {
    Random random = new Random(seed);
    List<Host> hosts =
        IntStream.range(0, random.nextInt(6)).mapToObj(i -> host(i, random)).toList();
    List<Placeable> jobs =
        IntStream.range(0, random.nextInt(25)).mapToObj(i -> job(i, random)).toList();
    Map<String, Snapshot.Holder> held = new HashMap<>();
    for (Placeable job : jobs) {
      if (!hosts.isEmpty() && random.nextInt(3) > 0) {
        String key = hosts.get(random.nextInt(hosts.size())).key();
        held.put(job.jobid(), new Snapshot.Holder(key, random.nextInt(5) == 0));
      }
    }
    List<String> listed =
        random.nextBoolean() ? List.of() : List.of("host-1", "10.0.0.2", "host-3");
    Mode mode = random.nextInt(3) > 0 ? Mode.HASH : Mode.PREF;
    return new Snapshot(mode, jobs, hosts, Map.of("prod", listed), held);
  }

  private static Host host(int i, Random random) {
    boolean draining = random.nextInt(6) == 0;
    return new Host(
        "key-" + i,
        RUNTIMES.get(random.nextInt(2)),
        "host-" + i,
        "10.0.0." + i,
        random.nextInt(8),
        draining ? "draining" : random.nextInt(4) > 0 ? "" : "offline",
        draining,
        random.nextInt(4) > 0,
        random.nextInt(3));
  }

  private static Placeable job(int i, Random random) {
    List<String> servers =
        random.nextInt(3) > 0 ? List.of() : List.of("host-" + random.nextInt(6), "10.0.0.1");
    return new Placeable("job-" + i, RUNTIMES.get(random.nextInt(2)), servers, "");
  }
}
