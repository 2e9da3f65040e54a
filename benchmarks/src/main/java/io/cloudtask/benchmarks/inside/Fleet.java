package io.cloudtask.benchmarks.inside;

import io.cloudtask.center.allocate.Host;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.allocate.Move;
import io.cloudtask.center.allocate.Snapshot;
import io.cloudtask.store.Placeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs and agents of one runtime, and who holds what.
 *
 * @param held by job
 */
record Fleet(List<Placeable> jobs, List<Host> hosts, Map<String, Snapshot.Holder> held) {
  private static final String RUNTIME = "prod";

  /** Nobody holds anything. */
  static Fleet of(int jobs, int agents) {
    List<Placeable> all = new ArrayList<>(jobs);
    for (int i = 0; i < jobs; i++) {
      all.add(new Placeable("%024x".formatted(i * 0x9e3779b97f4a7c15L), RUNTIME, List.of(), ""));
    }
    List<Host> hosts = new ArrayList<>(agents);
    for (int i = 0; i < agents; i++) {
      hosts.add(host(i, 2 * jobs / agents, ""));
    }
    return new Fleet(all, hosts, Map.of());
  }

  private static Host host(int number, int capacity, String closed) {
    String key = "%08x-0000-4000-8000-000000000000".formatted(number);
    return new Host(
        key, RUNTIME, "host" + number, "10.0.0." + number, capacity, closed, false, true, 0);
  }

  /** The first agent is gone, and was fenced. */
  Fleet withoutFirst() {
    Host first = hosts.getFirst();
    List<Host> rest = new ArrayList<>(hosts);
    rest.set(0, host(0, first.capacity(), "offline"));
    Map<String, Snapshot.Holder> kept = new HashMap<>(held);
    kept.values().removeIf(holder -> holder.agentkey().equals(first.key()));
    return new Fleet(jobs, rest, kept);
  }

  /** One more has joined, and has been there for long enough. */
  Fleet withOneMore() {
    List<Host> more = new ArrayList<>(hosts);
    more.add(host(hosts.size(), hosts.getFirst().capacity(), ""));
    return new Fleet(jobs, more, held);
  }

  Snapshot snapshot() {
    return new Snapshot(Mode.HASH, jobs, hosts, Map.of(), held);
  }

  /** As it is when all moves were made. */
  Fleet after(List<Move> moves) {
    Map<String, Snapshot.Holder> next = new HashMap<>(held);
    for (Move move : moves) {
      switch (move) {
        case Move.Assign(String job, String key) -> next.put(job, new Snapshot.Holder(key, false));
        case Move.Recall(String job, String _, String to, String _) -> {
          if (to != null) {
            next.put(job, new Snapshot.Holder(to, false));
          }
        }
        case Move.Keep _, Move.Stays _, Move.Unplaced _ -> {}
      }
    }
    return new Fleet(jobs, hosts, next);
  }

  /** Of the loads of those that get jobs: the greatest by the mean. */
  double unevenness() {
    Map<String, Integer> loads = new HashMap<>();
    hosts.stream()
        .filter(host -> host.closed().isEmpty())
        .forEach(host -> loads.put(host.key(), 0));
    held.values().forEach(holder -> loads.merge(holder.agentkey(), 1, Integer::sum));
    double most = loads.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return most / ((double) held.size() / loads.size());
  }
}
