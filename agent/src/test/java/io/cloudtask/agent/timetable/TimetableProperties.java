package io.cloudtask.agent.timetable;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random lives of an agent; the ledger is judged by walking through every due instant. */
class TimetableProperties {
  private static final int STEPS = 60;

  @Property(tries = 400)
  void every_due_instant_is_answered_once_and_nothing_starts_twice(@ForAll long seed) {
    live(new Life(new Random(seed), false));
  }

  @Property(tries = 600)
  void so_it_is_when_leases_end_spans_are_taken_and_asked_back_and_claims_are_refused(
      @ForAll long seed) {
    live(new Life(new Random(seed), true));
  }

  private static void live(Life life) {
    for (int i = 0; i < STEPS; i++) {
      life.step();
    }
    life.end();
    new Verdict(life.world).judge();
  }
}
