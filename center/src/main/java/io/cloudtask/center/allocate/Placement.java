package io.cloudtask.center.allocate;

import io.cloudtask.store.AgentRow;
import io.cloudtask.store.AssignmentRow;
import io.cloudtask.store.Assignments.Placing;
import io.cloudtask.store.Placeable;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Brings the assignments in the store in line with what {@link Allocator} says. Thread-safe. */
public final class Placement {
  private final Store store;

  public Placement(Store store) {
    this.store = store;
  }

  /**
   * Plans and carries out.
   *
   * @return keys of the agents whose job set has a new revision, for the caller to publish
   */
  public Set<String> place(Instant now) {
    List<Move> moves = store.read(Placement::plan);
    // Planned again inside the transaction, because the first look may be over by then; it only
    // spares the writer a plan that has nothing to do, which is nearly always.
    return moves.isEmpty() ? Set.of() : store.write(tx -> carryOut(tx, plan(tx), now));
  }

  private static List<Move> plan(Tx tx) {
    List<Placeable> jobs = tx.jobs().placeable();
    Map<String, String> said =
        jobs.stream().collect(Collectors.toMap(Placeable::jobid, Placeable::unplaced));
    return Allocator.plan(snapshot(tx, jobs)).stream()
        .filter(
            move -> !(move instanceof Move.Unplaced u && u.reason().equals(said.get(u.jobid()))))
        .toList();
  }

  private static Set<String> carryOut(Tx tx, List<Move> moves, Instant now) {
    Set<String> changed = new TreeSet<>();
    List<Placing> placings = new ArrayList<>();
    Map<String, String> unplaced = new HashMap<>();
    for (Move move : moves) {
      switch (move) {
        case Move.Assign(String jobid, String agentkey) ->
            placings.add(new Placing(jobid, agentkey));
        case Move.Recall(String jobid, String agentkey, String reason) -> {
          tx.assignments().recall(jobid, now).ifPresent(changed::add);
          unplaced.put(jobid, reason);
        }
        case Move.Unplaced(String jobid, String reason) -> unplaced.put(jobid, reason);
      }
    }
    changed.addAll(tx.assignments().assign(placings, now));
    tx.jobs().unplaced(unplaced);
    return changed;
  }

  private static Snapshot snapshot(Tx tx, List<Placeable> jobs) {
    Map<String, List<String>> listed =
        tx.runtimes().list().stream()
            .collect(Collectors.toMap(RuntimeRow::name, RuntimeRow::servers));
    Map<String, Snapshot.Holder> held = new HashMap<>();
    for (AssignmentRow open : tx.assignments().open()) {
      held.put(open.jobid(), new Snapshot.Holder(open.agentkey(), open.recalled() != null));
    }
    List<Host> hosts = tx.agents().list(null).stream().map(Placement::host).toList();
    return new Snapshot(jobs, hosts, listed, held);
  }

  private static Host host(AgentRow agent) {
    return new Host(
        agent.key(),
        agent.runtime(),
        agent.node().hostname(),
        agent.node().ipaddr(),
        agent.capacity(),
        agent.online());
  }
}
