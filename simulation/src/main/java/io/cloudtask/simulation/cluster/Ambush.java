package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Life;
import io.cloudtask.simulation.world.Timeline;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Freezes processes exactly where a safeguard has to hold: between two steps of which the second
 * rests on the first. By chance alone that is hit once in thousands of worlds.
 */
final class Ambush {
  /** Of worlds in which this happens. */
  private static final double SHARE = 0.3;

  private final Timeline timeline;
  private final Dice dice;
  private final Consumer<String> comeBack;
  private boolean laid;

  /**
   * @param dice of its own, so that worlds without it stay what they are
   * @param comeBack has the agent of a key come back at once
   */
  Ambush(Timeline timeline, Dice dice, Consumer<String> comeBack) {
    this.timeline = timeline;
    this.dice = dice;
    this.comeBack = comeBack;
    this.laid = dice.chance(SHARE);
  }

  /** Nobody is caught any more. */
  void calm() {
    laid = false;
  }

  /** A leader has decided something and is about to commit it; perhaps others replace it first. */
  void deciding(Life center) {
    if (laid && dice.chance(0.1)) {
      freeze(center, 12, "between decision and commit");
    }
  }

  /**
   * A leader has told the coordinator that it takes an agent for dead, and not yet the store;
   * perhaps the agent comes back in between.
   */
  void fencing(Life center, String agentKey) {
    if (laid && dice.chance(0.5)) {
      freeze(center, 5, "between the two halves of a fence");
      comeBack.accept(agentKey);
    }
  }

  /** An agent has seen which set it must know, and registers next; perhaps that set moves. */
  void marked(Life agent) {
    if (laid && dice.chance(0.2)) {
      freeze(agent, 12, "between the mark and its registration");
    }
  }

  private void freeze(Life life, int longest, String where) {
    Duration time = dice.between(Duration.ofMillis(200), Duration.ofSeconds(longest));
    timeline.trace().say(life.name(), "FROZEN for %s %s", time, where);
    life.freeze(time);
  }
}
