package io.cloudtask.center.lead;

import io.cloudtask.center.notify.NodeEvent;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.AgentRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is there and who has gone, since when, as one reign has seen it. A decision: it is told what
 * is known and the time, and touches nothing. Confined to one thread.
 */
final class Roster {
  /** A cluster that starts should not move everything with each agent that joins. */
  private static final Duration NEWCOMER = Duration.ofSeconds(10);

  private final Duration recovery;
  private final Instant began;
  private final Set<String> there = new HashSet<>();
  private final Set<String> fenced = new HashSet<>();
  private final Map<String, Departure> departures = new HashMap<>();

  /** From when on jobs that others hold may move to an agent. */
  private final Map<String, Instant> settled = new HashMap<>();

  private boolean first = true;

  /**
   * @param recovery for how long an agent that comes back has to be there until it gets its share
   * @param began when this reign did
   */
  Roster(Duration recovery, Instant began) {
    this.recovery = recovery;
    this.began = began;
  }

  /**
   * Compares what the coordinator says with what it said before.
   *
   * @param agents all that the store knows
   * @return what has happened since
   */
  List<NodeEvent> look(Members members, List<AgentRow> agents, Instant now) {
    List<NodeEvent> events = new ArrayList<>();
    for (AgentRow agent : agents) {
      String key = agent.key();
      if (agent.standing().fenced() != null) {
        fenced.add(key);
      }
      Node node = members.nodes().get(key);
      if (node == null) {
        absent(agent, members.signedOut().contains(key), now, events);
      } else {
        present(agent, node, now, events);
      }
    }
    first = false;
    return events;
  }

  private void present(AgentRow agent, Node node, Instant now, List<NodeEvent> events) {
    String key = agent.key();
    boolean back = fenced.contains(key);
    departures.remove(key);
    if (there.add(key)) {
      boolean known = first && agent.online() && !back;
      settled.put(key, known ? started(node, agent) : arrived(agent, back, now));
      if (!known) {
        events.add(
            event(back ? NodeEvent.Kind.AGENT_BACK : NodeEvent.Kind.AGENT_JOINED, agent, now));
      }
    }
    if (agent.standing().fenced() == null) {
      fenced.remove(key);
    }
  }

  /** It was there before this reign began; how long before, only its start tells. */
  private Instant started(Node node, AgentRow agent) {
    Instant start = Instant.ofEpochSecond(node.alivestamp());
    return start.plus(agent.applied() > 0 ? recovery : newcomer());
  }

  /** One that kept its jobs while it was away has nothing to wait for. */
  private Instant arrived(AgentRow agent, boolean back, Instant now) {
    if (back) {
      return now.plus(recovery);
    }
    return agent.applied() > 0 ? now : now.plus(newcomer());
  }

  private Duration newcomer() {
    return recovery.compareTo(NEWCOMER) < 0 ? recovery : NEWCOMER;
  }

  private void absent(AgentRow agent, boolean signedOut, Instant now, List<NodeEvent> events) {
    String key = agent.key();
    if (there.remove(key)) {
      Departure.How how = signedOut ? Departure.How.SIGNED_OUT : Departure.How.LOST;
      departures.put(key, new Departure(now, how));
      settled.remove(key);
      events.add(event(NodeEvent.Kind.AGENT_LEFT, agent, now));
    } else {
      departures.computeIfAbsent(key, k -> new Departure(began, Departure.How.NEVER_SEEN));
    }
  }

  private static NodeEvent event(NodeEvent.Kind kind, AgentRow agent, Instant now) {
    return new NodeEvent(kind, agent.key(), agent.node().hostname(), now, "");
  }

  /** Null while the agent is there. */
  @Nullable Departure departure(String key) {
    return departures.get(key);
  }

  /** Agents that have come too lately to be given what others hold. */
  Set<String> arriving(Instant now) {
    Set<String> arriving = new HashSet<>();
    settled.forEach((key, from) -> {
      if (from.isAfter(now)) {
        arriving.add(key);
      }
    });
    return arriving;
  }
}
