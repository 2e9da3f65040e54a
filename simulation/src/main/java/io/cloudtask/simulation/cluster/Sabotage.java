package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What mutants do to rows, right before and after the transaction that somebody else makes. */
final class Sabotage {
  private static final Duration SOON = Duration.ofSeconds(1);

  /** A lease that is to be put back. */
  private record Lease(String agentkey, long until) {}

  private final SharedStore store;
  private final Timeline timeline;
  private final Mutant mutant;
  private List<Lease> leases = List.of();
  private final List<String> handed = new ArrayList<>();

  Sabotage(SharedStore store, Timeline timeline, Mutant mutant) {
    this.store = store;
    this.timeline = timeline;
    this.mutant = mutant;
  }

  void before() {
    handed.clear();
    if (mutant == Mutant.NO_STORE_LEASE_CHECK) {
      store.change("UPDATE agent SET leaseuntil = 0");
    } else if (mutant == Mutant.NO_LEASE_WITH_SET) {
      leases =
          store.rows(
              "SELECT agentkey, leaseuntil FROM agent",
              row -> new Lease(row.getString(1), row.getLong(2)));
    }
  }

  /** In this transaction an agent is handed its set. */
  void handing(String agentkey) {
    handed.add(agentkey);
  }

  void after() {
    for (Lease lease : leases) {
      if (handed.contains(lease.agentkey())) {
        store.change(
            "UPDATE agent SET leaseuntil = %d WHERE agentkey = '%s'",
            lease.until(), lease.agentkey());
      }
    }
    if (mutant == Mutant.FENCE_BY_LEADER) {
      endRecalled(timeline.instant().plus(SOON).toEpochMilli());
    }
  }

  /** Spans that are asked back end at an instant that their agent has not heard of. */
  private void endRecalled(long fence) {
    store.change(
        "UPDATE job_state SET fenceat = %d WHERE jobid IN"
            + " (SELECT jobid FROM assignment WHERE untilat IS NULL AND recalledat IS NOT NULL)",
        fence);
    store.change(
        "UPDATE assignment SET untilat = %d WHERE untilat IS NULL AND recalledat IS NOT NULL",
        fence);
  }
}
