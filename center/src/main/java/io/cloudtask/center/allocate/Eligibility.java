package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Who may hold a job, and why nobody can take it, in words. Confined to one plan. */
final class Eligibility {
  private static final int MOST_NAMES = 5;

  private record Wish(String runtime, List<String> servers) {}

  private final Snapshot snapshot;
  private final Fleet fleet;
  private final Map<Wish, BitSet> known = new HashMap<>();

  Eligibility(Snapshot snapshot, Fleet fleet) {
    this.snapshot = snapshot;
    this.fleet = fleet;
  }

  /** The numbers of the agents that may hold a job, whether they can take it now or not. */
  BitSet of(Placeable job) {
    return known.computeIfAbsent(
        new Wish(job.runtime(), job.servers()),
        wish -> {
          BitSet eligible = new BitSet(fleet.hosts.size());
          IntStream.range(0, fleet.hosts.size())
              .filter(i -> whyNot(job, fleet.host(i)).isEmpty())
              .forEach(eligible::set);
          return eligible;
        });
  }

  /** Why an agent may not hold a job; "" when it may. */
  String whyNot(Placeable job, Host host) {
    if (!host.runtime().equals(job.runtime())) {
      return "%s is not in runtime %s".formatted(host.hostname(), job.runtime());
    }
    if (!listed(host)) {
      return "runtime %s does not list %s".formatted(job.runtime(), host.hostname());
    }
    return pinned(job, host) ? "" : "it is pinned to " + String.join(", ", job.servers());
  }

  /** Why nobody can take a job, given that nobody can. */
  String whyNobody(Placeable job) {
    List<Host> joined = among(fleet.hosts, h -> h.runtime().equals(job.runtime()));
    if (joined.isEmpty()) {
      return "no agent has joined runtime " + job.runtime();
    }
    List<Host> listed = among(joined, this::listed);
    if (listed.isEmpty()) {
      return "no host that runtime %s lists has an agent".formatted(job.runtime());
    }
    List<Host> allowed = among(listed, h -> pinned(job, h));
    if (allowed.isEmpty()) {
      return "none of its servers (%s) has an agent in runtime %s"
          .formatted(String.join(", ", job.servers()), job.runtime());
    }
    List<Host> open = among(allowed, h -> h.closed().isEmpty());
    if (open.isEmpty()) {
      Map<String, List<Host>> byReason =
          allowed.stream().collect(Collectors.groupingBy(Host::closed, Collectors.toList()));
      return byReason.keySet().stream()
          .sorted()
          .map(reason -> reason + ": " + names(byReason.getOrDefault(reason, List.of()), false))
          .collect(Collectors.joining("; "));
    }
    return "no room left: " + names(open, true);
  }

  private static List<Host> among(List<Host> hosts, Predicate<Host> which) {
    return hosts.stream().filter(which).toList();
  }

  /** A few, because the reason is a line that people read. */
  private static String names(List<Host> hosts, boolean withCapacity) {
    String shown =
        hosts.stream()
            .limit(MOST_NAMES)
            .map(h -> withCapacity ? h.hostname() + " takes " + h.capacity() : h.hostname())
            .collect(Collectors.joining(", "));
    int more = hosts.size() - MOST_NAMES;
    return more <= 0 ? shown : shown + " and " + more + " more";
  }

  private boolean listed(Host host) {
    List<String> hosts = snapshot.listed().getOrDefault(host.runtime(), List.of());
    return hosts.isEmpty() || host.isIn(hosts);
  }

  private static boolean pinned(Placeable job, Host host) {
    return job.servers().isEmpty() || host.isIn(job.servers());
  }
}
