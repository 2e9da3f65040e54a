package io.cloudtask.simulation.cluster;

import io.cloudtask.simulation.world.Dice;
import io.cloudtask.simulation.world.Timeline;
import io.cloudtask.simulation.world.Trace;
import io.cloudtask.simulation.world.Violation;

/** One world, from its beginning to the verdict. */
public final class Trial {
  private final Timeline timeline;
  private final Scenario scenario;
  private final Cluster cluster;

  /**
   * @param store emptied, and used until the end
   */
  public Trial(long seed, Mutant mutant, SharedStore store, Trace trace) {
    Dice dice = new Dice(seed);
    this.timeline = new Timeline(dice, trace);
    trace.follow(timeline);
    store.begin(timeline);
    this.scenario = Scenario.draw(dice);
    this.cluster = new Cluster(timeline, new Dice(~seed), scenario, mutant, store);
  }

  /**
   * Runs it.
   *
   * @throws Violation when a promise is broken
   */
  public void run() {
    try {
      cluster.start();
      new Faults(cluster, scenario.troubled()).start();
      pass(scenario.troubled().toNanos());
      timeline.trace().say("world", "from now on nothing befalls it");
      cluster.calm();
      pass(timeline.now() + scenario.quiet().toNanos());
      new Verdict(cluster).pass();
    } catch (Violation e) {
      timeline.trace().say("VIOLATION", "%s", e.getMessage());
      throw e;
    } finally {
      cluster.end();
    }
  }

  private void pass(long end) {
    while (timeline.step(end)) {
      cluster.check();
    }
  }

  public long steps() {
    return timeline.steps();
  }

  public long starts() {
    return cluster.observer().count();
  }

  public long fingerprint() {
    return timeline.fingerprint();
  }
}
