package io.cloudtask.center.allocate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The agents of a snapshot, by number, and what is planned for them so far. Numbers follow the
 * keys, so that plans do not depend on the order in which agents are known. Confined to one plan.
 */
final class Fleet {
  /** No agent. */
  static final int NOBODY = -1;

  final List<Host> hosts;
  final int[] capacity;

  /** How many jobs each will have when everything planned has happened. */
  final int[] load;

  /** How many jobs each holds as soon as this plan is committed, those asked back included. */
  final int[] holding;

  private final long[] hash;
  private final Map<String, Integer> byKey = new HashMap<>();
  private final double runsPerJob;

  Fleet(Snapshot snapshot) {
    hosts = snapshot.hosts().stream().sorted(Comparator.comparing(Host::key)).toList();
    capacity = hosts.stream().mapToInt(Host::capacity).toArray();
    hash = hosts.stream().mapToLong(h -> Rendezvous.hash(h.key())).toArray();
    load = new int[hosts.size()];
    holding = new int[hosts.size()];
    for (int i = 0; i < hosts.size(); i++) {
      byKey.put(hosts.get(i).key(), i);
    }
    for (Snapshot.Holder holder : snapshot.held().values()) {
      int host = number(holder.agentkey());
      if (host != NOBODY) {
        holding[host]++;
      }
    }
    int running = hosts.stream().mapToInt(Host::running).sum();
    runsPerJob = Math.min(1, (running + 1.0) / (snapshot.held().size() + 1.0));
  }

  int number(String key) {
    return byKey.getOrDefault(key, NOBODY);
  }

  Host host(int number) {
    return hosts.get(number);
  }

  boolean hasRoom(int host) {
    return load[host] < capacity[host];
  }

  /** Whether a job can be given to it in this very plan. */
  boolean hasRoomNow(int host) {
    return holding[host] < capacity[host];
  }

  long score(long job, int host) {
    return Rendezvous.score(job, hash[host]);
  }

  /** Runs that are going, and those that the jobs planned for it are expected to add. */
  double expectedRuns(int host) {
    return hosts.get(host).running() + runsPerJob * load[host];
  }

  int[] capacities(int[] some) {
    return Arrays.stream(some).map(h -> capacity[h]).toArray();
  }
}
