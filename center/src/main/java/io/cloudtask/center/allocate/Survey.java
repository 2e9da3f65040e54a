package io.cloudtask.center.allocate;

import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Assignments;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the store what a plan needs to know. */
public final class Survey {
  private Survey() {}

  /**
   * The jobs, the agents, and who holds what.
   *
   * @param arriving keys of agents that have come only just now
   */
  public static Snapshot read(Tx tx, Mode mode, Set<String> arriving) {
    Map<String, List<String>> listed =
        tx.runtimes().list().stream()
            .collect(Collectors.toMap(RuntimeRow::name, RuntimeRow::servers));
    Map<String, Snapshot.Holder> held = new HashMap<>();
    for (Assignments.Holding open : tx.assignments().open()) {
      held.put(open.jobid(), new Snapshot.Holder(open.agentkey(), open.recalled()));
    }
    return new Snapshot(mode, tx.jobs().placeable(), hosts(tx, mode, arriving), listed, held);
  }

  /** The agents alone; how much they run is read only where it matters. */
  public static List<Host> hosts(Tx tx, Mode mode, Set<String> arriving) {
    Map<String, Long> running = mode == Mode.PREF ? tx.agents().running() : Map.of();
    return tx.agents().list(null).stream()
        .map(agent ->
            host(
                agent,
                !arriving.contains(agent.key()),
                running.getOrDefault(agent.key(), 0L).intValue()))
        .toList();
  }

  private static Host host(AgentRow agent, boolean settled, int running) {
    return new Host(
        agent.key(),
        agent.runtime(),
        agent.node().hostname(),
        agent.node().ipaddr(),
        agent.capacity(),
        closed(agent),
        agent.standing().draining(),
        settled,
        running);
  }

  private static String closed(AgentRow agent) {
    AgentRow.Standing standing = agent.standing();
    if (standing.retired()) {
      return "retired";
    }
    if (!agent.online()) {
      return "offline";
    }
    if (standing.fenced() != null) {
      return "coming back";
    }
    if (standing.draining()) {
      return "draining";
    }
    return standing.fit() ? "" : "clock off";
  }
}
