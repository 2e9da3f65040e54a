package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Strikes exactly where a safeguard has to hold: between two steps of which the second rests on the
 * first. By chance alone that is hit once in thousands of worlds.
 */
final class Ambush {
  /** What is done to agents. */
  interface Traps {
    /** The host of an agent. */
    AgentHost host(String agentKey);

    /** Its agent starts at once, if it is down, and whatever cut it off is mended. */
    void comeBack(AgentHost agent);

    /** It hears of no change at the coordinator. */
    void deafen(AgentHost agent, Duration time);

    /** No center hears of it, nor it of them. */
    void isolate(String agent, Duration time);

    /** Its server of the coordinator has lost the others. */
    void loseServer(String agent, Duration time);
  }

  /** Of worlds in which this happens. */
  private static final double SHARE = 0.3;

  private static final Duration LONG = Duration.ofSeconds(30);

  /** An agent may come back within. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  /** Less than after which an agent asks for its set by itself. */
  private static final Duration OUT_OF_TOUCH = Duration.ofSeconds(13);

  /** Longer than any lease of the store. */
  private static final Duration OUT_OF_LEASE = Duration.ofSeconds(7);

  /** How late an answer may be that still comes. */
  private static final Duration LATE = Duration.ofSeconds(3);

  private final Timeline timeline;
  private final Dice dice;
  private final Traps traps;
  private final Duration session;
  private final boolean corners;
  private final Map<String, Long> alone = new HashMap<>();
  private final Map<String, Long> muted = new HashMap<>();
  private final Map<String, Long> fenced = new HashMap<>();
  private boolean laid;

  /**
   * @param dice of its own, so that worlds without it stay what they are
   * @param session how long one with the coordinator lasts unheard
   */
  Ambush(Timeline timeline, Dice dice, Traps traps, Duration session) {
    this.timeline = timeline;
    this.dice = dice;
    this.traps = traps;
    this.session = session;
    this.laid = dice.chance(SHARE);
    this.corners = dice.chance(SHARE);
  }

  /** Nobody is caught any more. */
  void calm() {
    laid = false;
  }

  /** A leader has decided something and is about to commit it; perhaps others replace it first. */
  void deciding(Life center) {
    if (laid && dice.chance(0.1)) {
      freeze(
          center,
          dice.between(Duration.ofMillis(200), Duration.ofSeconds(12)),
          "between decision and commit");
    }
  }

  /**
   * A leader has told the coordinator that it takes an agent for dead, and not yet the store;
   * perhaps the agent comes back in between, and learns its set while its leases get lost, or lives
   * and hears no center any more.
   */
  void fencing(Life center, String agentKey) {
    fenced.put(agentKey, timeline.now());
    if (!laid || !dice.chance(0.8)) {
      return;
    }
    AgentHost agent = traps.host(agentKey);
    if (agent.life() != null && dice.chance(0.5)) {
      traps.isolate(agent.name(), LONG);
      return;
    }
    // Not so long that it is replaced before it goes on.
    freeze(
        center,
        dice.between(QUICK, session.multipliedBy(4).dividedBy(5)),
        "between the two halves of a fence");
    traps.comeBack(agent);
    if (dice.chance(0.8)) {
      muted.put(agent.key(), timeline.now() + OUT_OF_TOUCH.toNanos());
      traps.deafen(agent, OUT_OF_TOUCH);
    }
  }

  /** Whether a request for a lease of the store gets lost. */
  boolean mutes(String agentKey) {
    return laid && muted.getOrDefault(agentKey, Long.MIN_VALUE) > timeline.now();
  }

  /**
   * An agent has asked which set it must know, and registers next; perhaps that set moves: it is
   * frozen, or the answer waits for the next fence and nobody else tells it.
   */
  void marked(Life agent, String agentKey) {
    if (!laid) {
      return;
    }
    if (corners && dice.chance(0.3)) {
      traps.isolate(agent.name(), LONG);
      traps.deafen(traps.host(agentKey), LONG);
      long asked = timeline.now();
      while (timeline.now() - asked < LONG.toNanos() / 2
          && fenced.getOrDefault(agentKey, asked) <= asked) {
        agent.sleep(QUICK);
      }
      agent.sleep(QUICK);
    } else if (dice.chance(0.2)) {
      freeze(
          agent,
          dice.between(Duration.ofMillis(200), Duration.ofSeconds(12)),
          "between the mark and its registration");
    }
  }

  /**
   * The coordinator answers a renewal; perhaps its server falls away before it has told the others,
   * and no center is left to ask.
   *
   * @param untold for how long the others have not heard of the session
   * @return how much later than usual the answer comes
   */
  Duration renewed(Life agent, Duration untold) {
    if (!laid || !corners) {
      return Duration.ZERO;
    }
    Long since = alone.get(agent.name());
    if (since == null || timeline.now() - since > LONG.toNanos()) {
      if (dice.chance(0.03)) {
        alone.put(agent.name(), timeline.now());
        traps.isolate(agent.name(), LONG);
      }
    } else if (timeline.now() - since > OUT_OF_LEASE.toNanos()
        && untold.compareTo(session.multipliedBy(2).dividedBy(5)) > 0) {
      traps.loseServer(agent.name(), LONG);
      return dice.chance(0.5) ? Duration.ZERO : dice.between(Duration.ZERO, LATE);
    }
    return Duration.ZERO;
  }

  private void freeze(Life life, Duration time, String where) {
    timeline.trace().say(life.name(), "FROZEN for %s %s", time, where);
    life.freeze(time);
  }
}
