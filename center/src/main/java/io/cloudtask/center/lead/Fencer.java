package io.cloudtask.center.lead;

import io.cloudtask.center.notify.Events;
import io.cloudtask.center.notify.NodeEvent;
import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Agents.Fencing;
import io.cloudtask.store.RuntimeRow;
import io.cloudtask.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes agents for dead: first it makes sure that the agent can't sign in without learning of it,
 * then the store ends what the agent owned. The store refuses when it has given the agent its set
 * or a lease since its row was read: the agent was back before the first step, or learned of it.
 */
final class Fencer {
  private static final Logger LOG = System.getLogger(Fencer.class.getName());

  private final Coordinator coordinator;
  private final Mandate mandate;
  private final Events events;
  private final Duration lease;
  private final Duration skew;

  /**
   * @param lease for how long agents get leases
   * @param skew how far the clock of an agent that starts anything may be off
   */
  Fencer(Coordinator coordinator, Mandate mandate, Events events, Duration lease, Duration skew) {
    this.coordinator = coordinator;
    this.mandate = mandate;
    this.events = events;
    this.lease = lease;
    this.skew = skew;
  }

  /**
   * Judges all agents.
   *
   * @param now by the clock of the database
   * @return when to look again because of one of them; {@link Instant#MAX} for no reason
   */
  Instant look(List<AgentRow> agents, Roster roster, Instant now) {
    Instant next = Instant.MAX;
    for (AgentRow agent : agents) {
      switch (Verdict.of(agent, roster.departure(agent.key()), lease, now)) {
        case Verdict.Leave() -> {}
        case Verdict.Wait(Instant until) -> next = until.isBefore(next) ? until : next;
        case Verdict.Fence() -> {
          if (!fence(agent, now)) {
            return next;
          }
        }
      }
    }
    return next;
  }

  /** False when the coordinator can't be asked, so that there is no use in going on. */
  private boolean fence(AgentRow agent, Instant now) {
    OptionalLong raised;
    try {
      raised = coordinator.fence(agent.key(), agent.revision());
    } catch (CoordinationException e) {
      LOG.log(Level.WARNING, "{0} is not fenced yet: {1}", name(agent), e.getMessage());
      return false;
    }
    if (raised.isPresent()) { // Otherwise it is back; whoever watches the members hears of it.
      long published = raised.getAsLong();
      mandate.write(tx -> end(tx, agent, published)).ifPresent(done -> tell(agent, done, now));
    }
    return true;
  }

  private Fencing end(Tx tx, AgentRow agent, long published) {
    Duration autonomy =
        tx.runtimes().find(agent.runtime()).map(RuntimeRow::autonomy).orElse(Duration.ZERO);
    return tx.agents()
        .fence(agent.key(), agent.standing().leaseuntil(), skew.plus(autonomy), published);
  }

  private void tell(AgentRow agent, Fencing done, Instant now) {
    switch (done) {
      case Fencing.Fenced(Instant until, var jobs) ->
          events.happened(
              new NodeEvent(
                  NodeEvent.Kind.AGENT_FENCED,
                  agent.key(),
                  agent.node().hostname(),
                  now,
                  jobs.size() + " jobs go to others; it owned their fire times up to " + until));
      case Fencing.StillLeased(Instant until) ->
          LOG.log(Level.DEBUG, "{0} has asked for its jobs again until {1}", name(agent), until);
      case Fencing.AlreadyFenced(), Fencing.Unknown() -> {}
    }
  }

  private static String name(AgentRow agent) {
    return "Agent " + agent.node().hostname() + " (" + agent.key() + ')';
  }
}
