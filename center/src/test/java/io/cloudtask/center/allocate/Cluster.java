package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Jobs and agents over time: carries plans out as the store would, and counts what moved. Agents
 * give jobs back when a test says so.
 */
final class Cluster {
  final Map<String, Host> hosts = new TreeMap<>();
  final Map<String, Placeable> jobs = new TreeMap<>();
  final Map<String, Snapshot.Holder> held = new HashMap<>();
  Map<String, List<String>> listed = Map.of();
  Mode mode = Mode.HASH;
  int recalls;
  int assigned;

  Cluster add(Host... more) {
    for (Host host : more) {
      hosts.put(host.key(), host);
    }
    return this;
  }

  /** Agents with room for as many jobs. */
  Cluster agents(int count, int capacity) {
    for (int i = 0; i < count; i++) {
      add(Hosts.withRoomFor(Hosts.host("%03d".formatted(i)), capacity));
    }
    return this;
  }

  Cluster jobs(int count, String... servers) {
    int first = jobs.size();
    for (int i = first; i < first + count; i++) {
      job("job-%06d".formatted(i), servers);
    }
    return this;
  }

  Cluster job(String id, String... servers) {
    jobs.put(id, new Placeable(id, "prod", List.of(servers), ""));
    return this;
  }

  Cluster hold(String job, String key) {
    held.put(job, new Snapshot.Holder(key, false));
    return this;
  }

  void change(String key, UnaryOperator<Host> change) {
    hosts.computeIfPresent(key, (k, host) -> change.apply(host));
  }

  /** An agent is gone, and was fenced. */
  void lose(String key) {
    hosts.computeIfPresent(key, (k, host) -> Hosts.offline(host));
    held.values().removeIf(holder -> holder.agentkey().equals(key));
  }

  Snapshot snapshot() {
    return new Snapshot(
        mode, List.copyOf(jobs.values()), List.copyOf(hosts.values()), listed, held);
  }

  List<Move> plan() {
    return Allocator.plan(snapshot());
  }

  /** Plans and commits; gives what was planned. */
  List<Move> step() {
    List<Move> moves = plan();
    for (Move move : moves) {
      switch (move) {
        case Move.Assign(String job, String key) -> {
          held.put(job, new Snapshot.Holder(key, false));
          assigned++;
        }
        case Move.Recall(String job, String key, String _, String _) -> {
          held.put(job, new Snapshot.Holder(key, true));
          recalls++;
        }
        case Move.Keep(String job, String key) -> held.put(job, new Snapshot.Holder(key, false));
        case Move.Stays _, Move.Unplaced _ -> {}
      }
    }
    return moves;
  }

  /** Some of the jobs that were asked back are given back. */
  void giveBack(Random random, int oneOf) {
    List<String> recalled = new ArrayList<>();
    held.forEach((job, holder) -> {
      if (holder.recalled()) {
        recalled.add(job);
      }
    });
    recalled.stream().sorted().filter(job -> random.nextInt(oneOf) == 0).forEach(held::remove);
  }

  /** Plans and gives back until nothing is left to do; false when that never happens. */
  boolean settle(Random random, int oneOf) {
    for (int round = 0; round < 1000; round++) {
      boolean done = step().stream().allMatch(Move.Unplaced.class::isInstance);
      boolean waiting = held.values().stream().anyMatch(Snapshot.Holder::recalled);
      if (done && !waiting) {
        return true;
      }
      giveBack(random, oneOf);
    }
    return false;
  }

  long load(String key) {
    return held.values().stream().filter(holder -> holder.agentkey().equals(key)).count();
  }

  long heaviest() {
    return hosts.keySet().stream().mapToLong(this::load).max().orElse(0);
  }

  long lightest() {
    return hosts.keySet().stream().mapToLong(this::load).min().orElse(0);
  }
}
