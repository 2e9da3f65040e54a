package io.cloudtask.center.allocate;

import io.cloudtask.store.Placeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules of placing jobs. A job that is held by an agent which may hold it stays; one that
 * nobody holds goes to the least loaded agent that may take it, is online and has room. Equal
 * snapshots give equal plans.
 */
public final class Allocator {
  /** Jobs with few choices first, then by age, so that the answer rests on no map's order. */
  private static final Comparator<Placeable> ORDER =
      Comparator.<Placeable, Boolean>comparing(j -> j.servers().isEmpty())
          .thenComparing(Placeable::jobid);

  private final Snapshot snapshot;
  private final Map<String, Host> byKey;
  private final Map<String, List<Host>> byRuntime;
  private final Map<String, Integer> load = new HashMap<>();
  private final List<Move> moves = new ArrayList<>();

  private Allocator(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.byKey = snapshot.hosts().stream().collect(Collectors.toMap(Host::key, h -> h));
    this.byRuntime =
        snapshot.hosts().stream()
            .sorted(Comparator.comparing(Host::key))
            .collect(Collectors.groupingBy(Host::runtime));
    snapshot.held().values().forEach(h -> load.merge(h.agentkey(), 1, Integer::sum));
  }

  /**
   * The differences between who holds the jobs and who should; a job that is held as it should be
   * has none. A job that is recalled is placed by a later plan, once it was given back.
   */
  public static List<Move> plan(Snapshot snapshot) {
    return new Allocator(snapshot).plan();
  }

  private List<Move> plan() {
    List<Placeable> jobs = snapshot.jobs().stream().sorted(ORDER).toList();
    Map<String, Integer> kept = new HashMap<>();
    for (Placeable job : jobs) {
      Snapshot.Holder holder = snapshot.held().get(job.jobid());
      if (holder != null) {
        keepOrRecall(job, holder, kept);
      }
    }
    for (Placeable job : jobs) {
      if (!snapshot.held().containsKey(job.jobid())) {
        moves.add(place(job));
      }
    }
    return List.copyOf(moves);
  }

  private void keepOrRecall(Placeable job, Snapshot.Holder holder, Map<String, Integer> kept) {
    Host host = byKey.get(holder.agentkey());
    if (holder.recalled()) {
      String name = host == null ? holder.agentkey() : host.hostname();
      moves.add(new Move.Unplaced(job.jobid(), name + " has not given it back yet"));
      return;
    }
    String reason = host == null ? null : whyNotKeep(job, host, kept);
    if (reason != null) {
      moves.add(new Move.Recall(job.jobid(), holder.agentkey(), reason));
    }
  }

  private @Nullable String whyNotKeep(Placeable job, Host host, Map<String, Integer> kept) {
    if (!host.runtime().equals(job.runtime())) {
      return "%s is not in runtime %s".formatted(host.hostname(), job.runtime());
    }
    if (!listed(host)) {
      return "runtime %s does not list %s".formatted(job.runtime(), host.hostname());
    }
    if (!pinned(job, host)) {
      return "it is pinned to %s".formatted(String.join(", ", job.servers()));
    }
    if (kept.merge(host.key(), 1, Integer::sum) > host.capacity()) {
      return "%s takes %d jobs at the most".formatted(host.hostname(), host.capacity());
    }
    return null;
  }

  private Move place(Placeable job) {
    List<Host> joined = byRuntime.getOrDefault(job.runtime(), List.of());
    if (joined.isEmpty()) {
      return unplaced(job, "no agent has joined runtime " + job.runtime());
    }
    List<Host> listed = joined.stream().filter(this::listed).toList();
    if (listed.isEmpty()) {
      return unplaced(job, "no host that runtime %s lists has an agent".formatted(job.runtime()));
    }
    List<Host> allowed = listed.stream().filter(h -> pinned(job, h)).toList();
    if (allowed.isEmpty()) {
      return unplaced(
          job,
          "none of its servers (%s) has an agent in runtime %s"
              .formatted(String.join(", ", job.servers()), job.runtime()));
    }
    return toLeastLoaded(job, allowed);
  }

  private Move toLeastLoaded(Placeable job, List<Host> allowed) {
    List<Host> online = allowed.stream().filter(Host::online).toList();
    if (online.isEmpty()) {
      return unplaced(job, "offline: " + names(allowed, Host::hostname));
    }
    return online.stream()
        .filter(h -> load(h) < h.capacity())
        .min(this::compareLoad)
        .<Move>map(host -> {
          load.merge(host.key(), 1, Integer::sum);
          return new Move.Assign(job.jobid(), host.key());
        })
        .orElseGet(() ->
            unplaced(
                job,
                "no room left: "
                    + names(
                        online,
                        h -> "%s (%d of %d)".formatted(h.hostname(), load(h), h.capacity()))));
  }

  /** By used share of the capacity, without division; then by key. */
  private int compareLoad(Host a, Host b) {
    int share = Long.compare((long) load(a) * b.capacity(), (long) load(b) * a.capacity());
    return share != 0 ? share : a.key().compareTo(b.key());
  }

  private int load(Host host) {
    return load.getOrDefault(host.key(), 0);
  }

  private boolean listed(Host host) {
    List<String> hosts = snapshot.listed().getOrDefault(host.runtime(), List.of());
    return hosts.isEmpty() || host.isIn(hosts);
  }

  private static boolean pinned(Placeable job, Host host) {
    return job.servers().isEmpty() || host.isIn(job.servers());
  }

  /** At most five, because the reason is a line that people read. */
  private static String names(List<Host> hosts, Function<Host, String> name) {
    String shown = hosts.stream().limit(5).map(name).collect(Collectors.joining(", "));
    return hosts.size() <= 5 ? shown : shown + " and " + (hosts.size() - 5) + " more";
  }

  private static Move unplaced(Placeable job, String reason) {
    return new Move.Unplaced(job.jobid(), reason);
  }
}
